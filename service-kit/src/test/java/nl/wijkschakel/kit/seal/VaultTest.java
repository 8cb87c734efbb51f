package nl.wijkschakel.kit.seal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import com.mongodb.ConnectionString;
import com.mongodb.MongoException;
import java.time.Duration;
import java.util.Base64;
import java.util.UUID;
import nl.wijkschakel.servers.MongoServer;
import org.bson.types.Binary;
import org.junit.jupiter.api.Test;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import tools.jackson.databind.json.JsonMapper;

class VaultTest {

    record Person(String name) {}

    private final Vault vault = vault();

    @Test
    void opensWhatItSealedAndNobodyElseCanReadIt() {
        var owner = UUID.randomUUID();
        vault.createKey(owner);
        var sealed = vault.seal(owner, new Person("Sanne"));
        assertThat(new String(sealed.getData(), java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("Sanne");
        assertThat(vault.open(sealed, Person.class)).isEqualTo(new Person("Sanne"));
        assertThat(vault().open(sealed, Person.class)).as("by another replica").isEqualTo(new Person("Sanne"));
    }

    @Test
    void anOwnersKeyIsMadeOnce() {
        var owner = UUID.randomUUID();
        vault.createKey(owner);
        var sealed = vault.seal(owner, new Person("Sanne"));
        vault().createKey(owner);
        assertThat(vault().open(sealed, Person.class)).isEqualTo(new Person("Sanne"));
    }

    @Test
    void withItsKeyTheContentIsGone() {
        var owner = UUID.randomUUID();
        vault.createKey(owner);
        var sealed = vault.seal(owner, new Person("Sanne"));
        vault.destroyKey(owner);
        assertThatExceptionOfType(Vault.Destroyed.class).isThrownBy(() -> vault.seal(owner, new Person("Sanne")));
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThatExceptionOfType(Vault.Destroyed.class)
                        .isThrownBy(() -> vault.open(sealed, Person.class)));
    }

    @Test
    void whatSomebodyTamperedWithDoesNotOpen() {
        var owner = UUID.randomUUID();
        vault.createKey(owner);
        var sealed = vault.seal(owner, new Person("Sanne"));
        var bytes = sealed.getData().clone();
        bytes[bytes.length - 1] ^= 1;
        assertThatExceptionOfType(MongoException.class)
                .isThrownBy(() -> vault.open(new Binary(sealed.getType(), bytes), Person.class));
    }

    private static Vault vault() {
        var mongo = MongoServer.ofTests();
        MongoConnectionDetails connection = () -> new ConnectionString(mongo.uri());
        var configuration = new SealConfiguration();
        var encryption = configuration.encryption(
                connection, "VaultTest", Base64.getEncoder().encodeToString(new byte[96]));
        return configuration.vault(encryption, JsonMapper.shared());
    }
}
