package nl.wijkschakel.gateway;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.get;
import static com.github.tomakehurst.wiremock.client.WireMock.okJson;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.postRequestedFor;
import static com.github.tomakehurst.wiremock.client.WireMock.urlEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;
import static java.util.Objects.requireNonNull;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.Fault;
import com.github.tomakehurst.wiremock.http.Request;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;
import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Keycloak as the gateway meets it: keys, and a token endpoint whose refresh tokens can be used once. */
public final class FakeKeycloak {

    private static final String REALM = "/realms/wijkschakel";
    private static final String KEYS = REALM + "/protocol/openid-connect/certs";
    private static final String TOKEN = REALM + "/protocol/openid-connect/token";

    private final Clock clock;
    private final RSAKey key;
    private final WireMockServer server;
    private final Map<String, Login> codes = new ConcurrentHashMap<>();
    private final Map<String, Login> refreshTokens = new ConcurrentHashMap<>();
    private final Set<String> spent = ConcurrentHashMap.newKeySet();

    /** How long the access tokens live that it gives out from now on. */
    public volatile Duration accessTokens = Duration.ofMinutes(5);

    private volatile @Nullable String calledBy;

    public FakeKeycloak(Clock clock) {
        this.clock = clock;
        try {
            this.key = new RSAKeyGenerator(2048).keyID("now").generate();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
        this.server = new WireMockServer(options().dynamicPort().extensions(new TokenEndpoint()));
        server.start();
        up();
    }

    /** Who logs in. */
    public record Login(
            String subject,
            String name,
            List<String> memberships,
            String sid,
            @Nullable String nonce) {

        public static Login of(String name, String... memberships) {
            return new Login(
                    UUID.randomUUID().toString(),
                    name,
                    List.of(memberships),
                    UUID.randomUUID().toString(),
                    null);
        }
    }

    public String issuer() {
        return server.baseUrl() + REALM;
    }

    /** The name it has in its tokens; null for its address. */
    public void callYourself(@Nullable String issuer) {
        calledBy = issuer;
    }

    private String called() {
        var name = calledBy;
        return name == null ? issuer() : name;
    }

    public void up() {
        server.resetAll();
        server.stubFor(get(KEYS).willReturn(okJson(new JWKSet(key.toPublicJWK()).toString())));
        server.stubFor(post(TOKEN).willReturn(aResponse().withTransformers("token-endpoint")));
    }

    public void down() {
        server.resetAll();
        server.stubFor(get(KEYS).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
        server.stubFor(post(TOKEN).willReturn(aResponse().withFault(Fault.CONNECTION_RESET_BY_PEER)));
    }

    /** It answers, after a while. */
    public void slow(Duration answer) {
        server.stubFor(post(TOKEN)
                .willReturn(aResponse()
                        .withTransformers("token-endpoint")
                        .withFixedDelay(Math.toIntExact(answer.toMillis()))));
    }

    /** An admin ended all sessions: no refresh token counts any more. */
    public void endSessions() {
        refreshTokens.clear();
    }

    /** An admin changed a person's memberships; the next refresh tells. */
    public void change(String subject, String... memberships) {
        refreshTokens.replaceAll((_, login) -> login.subject().equals(subject)
                ? new Login(subject, login.name(), List.of(memberships), login.sid(), login.nonce())
                : login);
    }

    public int refreshes() {
        return server.findAll(postRequestedFor(urlEqualTo(TOKEN))).stream()
                .filter(request -> request.getBodyAsString().contains("grant_type=refresh_token"))
                .toList()
                .size();
    }

    /** The code with which the browser comes back from the login page. */
    String code(Login login, String nonce) {
        var code = UUID.randomUUID().toString();
        codes.put(code, new Login(login.subject(), login.name(), login.memberships(), login.sid(), nonce));
        return code;
    }

    public String accessToken(Login login) {
        return accessToken(login, claims -> claims);
    }

    public String accessToken(Login login, UnaryOperator<JWTClaimsSet.Builder> change) {
        return sign(
                key,
                change.apply(claims(login)
                        .audience(List.of("wijkschakel", "account"))
                        .claim("memberships", login.memberships())
                        .expirationTime(Date.from(clock.instant().plus(accessTokens)))));
    }

    /** Of a key that nobody knows. */
    public String forgedToken(Login login) throws JOSEException {
        var forged =
                new RSAKeyGenerator(2048).keyID(UUID.randomUUID().toString()).generate();
        return sign(
                forged,
                claims(login)
                        .audience("wijkschakel")
                        .expirationTime(Date.from(clock.instant().plusSeconds(300))));
    }

    public String logoutToken(UnaryOperator<JWTClaimsSet.Builder> change) {
        return sign(
                key,
                change.apply(new JWTClaimsSet.Builder()
                        .issuer(called())
                        .audience("gateway")
                        .issueTime(Date.from(clock.instant()))
                        .expirationTime(Date.from(clock.instant().plusSeconds(120)))
                        .jwtID(UUID.randomUUID().toString())
                        .claim("events", Map.of("http://schemas.openid.net/event/backchannel-logout", Map.of()))));
    }

    private JWTClaimsSet.Builder claims(Login login) {
        return new JWTClaimsSet.Builder()
                .issuer(called())
                .subject(login.subject())
                .issueTime(Date.from(clock.instant()))
                .jwtID(UUID.randomUUID().toString())
                .claim("sid", login.sid())
                .claim("name", login.name());
    }

    private static String sign(RSAKey key, JWTClaimsSet.Builder claims) {
        try {
            var header = new JWSHeader.Builder(JWSAlgorithm.RS256)
                    .type(JOSEObjectType.JWT)
                    .keyID(key.getKeyID())
                    .build();
            var token = new SignedJWT(header, claims.build());
            token.sign(new RSASSASigner(key));
            return token.serialize();
        } catch (JOSEException e) {
            throw new IllegalStateException(e);
        }
    }

    private ResponseDefinition tokens(Login login) {
        var refresh = UUID.randomUUID().toString();
        refreshTokens.put(refresh, login);
        var idToken = sign(
                key,
                claims(login)
                        .audience("gateway")
                        .claim("azp", "gateway")
                        .claim("nonce", login.nonce())
                        .expirationTime(Date.from(clock.instant().plusSeconds(300))));
        return okJson("""
                {"access_token":"%s","token_type":"Bearer","expires_in":%d,"refresh_token":"%s","id_token":"%s",
                 "scope":"openid profile"}""".formatted(accessToken(login), accessTokens.toSeconds(), refresh, idToken))
                .build();
    }

    private static ResponseDefinition error(String code) {
        return aResponse()
                .withStatus(400)
                .withHeader("Content-Type", "application/json")
                .withBody("{\"error\":\"%s\"}".formatted(code))
                .build();
    }

    private final class TokenEndpoint implements ResponseDefinitionTransformerV2 {

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            var answer = answer(event.getRequest());
            var delay = event.getResponseDefinition().getFixedDelayMilliseconds();
            return delay == null
                    ? answer
                    : ResponseDefinitionBuilder.like(answer)
                            .withFixedDelay(delay)
                            .build();
        }

        private ResponseDefinition answer(Request request) {
            var form = Arrays.stream(request.getBodyAsString().split("&"))
                    .map(pair -> pair.split("=", 2))
                    .collect(Collectors.toMap(
                            pair -> pair[0], pair -> URLDecoder.decode(pair[1], StandardCharsets.UTF_8)));
            if (requireNonNull(form.get("grant_type")).equals("authorization_code")) {
                var login = codes.remove(requireNonNull(form.get("code")));
                return login == null || form.get("code_verifier") == null ? error("invalid_grant") : tokens(login);
            }
            var token = requireNonNull(form.get("refresh_token"));
            var login = refreshTokens.get(token);
            return login == null || !spent.add(token) ? error("invalid_grant") : tokens(login);
        }

        @Override
        public String getName() {
            return "token-endpoint";
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }
    }
}
