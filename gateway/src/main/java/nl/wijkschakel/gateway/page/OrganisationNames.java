package nl.wijkschakel.gateway.page;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import nl.wijkschakel.gateway.session.AccessToken;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.stereotype.Component;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestClientException;

/** What the directory calls an organisation, for people to choose by; its id where the directory does not answer. */
@Component
class OrganisationNames {

    private static final Logger LOG = LoggerFactory.getLogger(OrganisationNames.class);

    private final RestClient directory;
    private final Cache<String, String> known = Caffeine.newBuilder()
            .maximumSize(1_000)
            .expireAfterWrite(Duration.ofMinutes(10))
            .build();

    OrganisationNames(@Value("${routes.referral}") URI referralService) {
        var factory = new JdkClientHttpRequestFactory(HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(Duration.ofSeconds(1))
                .build());
        factory.setReadTimeout(Duration.ofSeconds(2));
        this.directory = RestClient.builder()
                .baseUrl(referralService)
                .requestFactory(factory)
                .build();
    }

    private record Organisation(@Nullable String name) {}

    String of(String organisation, AccessToken token) {
        var name = known.getIfPresent(organisation);
        if (name != null) {
            return name;
        }
        try {
            var found = directory
                    .get()
                    .uri("/v1/organisations/{id}", organisation)
                    .headers(headers -> {
                        headers.setBearerAuth(token.value());
                        headers.set("Wijkschakel-Organisation", organisation);
                    })
                    .retrieve()
                    .body(Organisation.class);
            if (found != null && found.name() != null) {
                known.put(organisation, found.name());
                return found.name();
            }
        } catch (RestClientException e) {
            LOG.info("The directory gives no name for an organisation: {}", e.toString());
        }
        return organisation;
    }
}
