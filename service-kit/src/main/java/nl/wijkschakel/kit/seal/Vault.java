package nl.wijkschakel.kit.seal;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.mongodb.MongoException;
import com.mongodb.client.model.vault.DataKeyOptions;
import com.mongodb.client.model.vault.EncryptOptions;
import com.mongodb.client.vault.ClientEncryption;
import com.mongodb.crypt.capi.MongoCryptException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.bson.BsonBinary;
import org.bson.BsonString;
import org.bson.types.Binary;
import tools.jackson.databind.json.JsonMapper;

/**
 * Seals what is about a person under a key of its owner (a client, a referral), explicitly and as one value per record
 * (DESIGN §2.9). Destroying the key destroys all that was sealed under it, in every copy.
 */
public final class Vault {

    private static final String ALGORITHM = "AEAD_AES_256_CBC_HMAC_SHA_512-Random";
    private static final int REMEMBERED = 50_000;

    private final ClientEncryption encryption;
    private final JsonMapper json;

    /** An owner's key's id spares a round trip. It is no secret, and of no use once the key is gone. */
    private final Cache<UUID, BsonBinary> keys =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();

    Vault(ClientEncryption encryption, JsonMapper json) {
        this.encryption = encryption;
        this.json = json;
    }

    /** Makes the owner's key. Repeated, it keeps the key there is. */
    public void createKey(UUID owner) {
        if (key(owner).isEmpty()) {
            keys.put(owner, encryption.createDataKey("local", new DataKeyOptions().keyAltNames(List.of(name(owner)))));
        }
    }

    /** @throws Destroyed when the owner has no key any more */
    public Binary seal(UUID owner, Object content) {
        var key = key(owner).orElseThrow(Destroyed::new);
        var sealed = encryption.encrypt(
                new BsonString(json.writeValueAsString(content)), new EncryptOptions(ALGORITHM).keyId(key));
        return new Binary(sealed.getType(), sealed.getData());
    }

    /** @throws Destroyed when the key it was sealed under is gone */
    public <T> T open(Binary sealed, Class<T> type) {
        try {
            var plain = encryption.decrypt(new BsonBinary(sealed.getType(), sealed.getData()));
            return Objects.requireNonNull(json.readValue(plain.asString().getValue(), type));
        } catch (MongoException e) {
            throw isWithoutKey(e) ? new Destroyed() : e;
        }
    }

    /** The library has no code for it; what was tampered with, or a vault that is away, says something else. */
    private static boolean isWithoutKey(MongoException failure) {
        return failure.getCause() instanceof MongoCryptException
                && String.valueOf(failure.getMessage()).startsWith("not all keys requested were satisfied");
    }

    public void destroyKey(UUID owner) {
        key(owner).ifPresent(encryption::deleteKey);
        keys.invalidate(owner);
    }

    private Optional<BsonBinary> key(UUID owner) {
        var known = keys.getIfPresent(owner);
        if (known != null) {
            return Optional.of(known);
        }
        var found = Optional.ofNullable(encryption.getKeyByAltName(name(owner))).map(key -> key.getBinary("_id"));
        found.ifPresent(key -> keys.put(owner, key));
        return found;
    }

    private static String name(UUID owner) {
        return owner.toString();
    }

    /** The content is gone for good: its key was destroyed. */
    public static final class Destroyed extends RuntimeException {
        Destroyed() {
            super("The key was destroyed", null, false, false);
        }
    }
}
