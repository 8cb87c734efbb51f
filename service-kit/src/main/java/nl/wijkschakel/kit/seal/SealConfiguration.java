package nl.wijkschakel.kit.seal;

import com.mongodb.ClientEncryptionSettings;
import com.mongodb.MongoClientSettings;
import com.mongodb.client.vault.ClientEncryption;
import com.mongodb.client.vault.ClientEncryptions;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.bson.UuidRepresentation;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.mongodb.autoconfigure.MongoConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** The vault lies in a database of its own, since it is backed up apart from what it opens (DESIGN §2.9). */
@Configuration(proxyBeanMethods = false)
public class SealConfiguration {

    /** So long a destroyed key may still open what it sealed; the driver's own choice is a minute. */
    private static final long KEY_SECONDS = 5;

    /** So long a request waits for a vault that is away; then it is told so. */
    private static final int SELECTION_SECONDS = 3;

    @Bean
    @ConditionalOnProperty("seal.hash-key")
    KeyedHash keyedHash(@Value("${seal.hash-key}") String key) {
        return new KeyedHash(Base64.getDecoder().decode(key));
    }

    @Bean
    @ConditionalOnProperty("seal.master-key")
    ClientEncryption encryption(
            MongoConnectionDetails connection,
            @Value("${spring.mongodb.database}") String database,
            @Value("${seal.master-key}") String masterKey) {
        var client = MongoClientSettings.builder()
                .applyConnectionString(connection.getConnectionString())
                .uuidRepresentation(UuidRepresentation.STANDARD)
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(SELECTION_SECONDS, TimeUnit.SECONDS))
                .applyToSocketSettings(socket -> socket.connectTimeout(SELECTION_SECONDS, TimeUnit.SECONDS))
                .build();
        return ClientEncryptions.create(ClientEncryptionSettings.builder()
                .keyVaultMongoClientSettings(client)
                .keyVaultNamespace(database + "-vault.keys")
                .kmsProviders(Map.of("local", Map.of("key", Base64.getDecoder().decode(masterKey))))
                .keyExpiration(KEY_SECONDS, TimeUnit.SECONDS)
                .build());
    }

    /** Reads what an older or newer release sealed: unknown fields are passed over. */
    @Bean
    @ConditionalOnProperty("seal.master-key")
    Vault vault(ClientEncryption encryption, JsonMapper json) {
        var tolerant = json.rebuild()
                .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                .build();
        return new Vault(encryption, tolerant);
    }
}
