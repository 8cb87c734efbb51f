package nl.wijkschakel.notification;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Objects;
import nl.wijkschakel.servers.KafkaServer;
import nl.wijkschakel.servers.MongoServer;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The service as it runs, on a port of its own. Several on one database are replicas. */
public final class RunningService implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    private RunningService(ConfigurableApplicationContext context) {
        this.context = context;
    }

    /** A database and a consumer group of the test's own. */
    public static RunningService start(Class<?> test, String... more) {
        var mongo = MongoServer.ofTests();
        return start(mongo.uri(), mongo.emptyDatabase(test), more);
    }

    public static RunningService start(String mongo, String database, String... more) {
        var kafka = KafkaServer.ofTests();
        kafka.createTopics(
                3, "referral.events.v1", "referral.events.v1.dead", "client.events.v1", "client.events.v1.dead");
        return startWith(mongo, database, kafka.bootstrapServers(), Tokens.issuer(), more);
    }

    public static RunningService startWith(String mongo, String database, String kafka, String issuer, String... more) {
        var settings = new ArrayList<>(List.of(
                "--PORT=0",
                "--MONGODB_URI=" + mongo,
                "--MONGODB_DATABASE=" + database,
                "--KAFKA_BOOTSTRAP_SERVERS=" + kafka,
                "--ISSUER=" + issuer,
                "--VAULT_MASTER_KEY=" + Base64.getEncoder().encodeToString(new byte[96]),
                "--NOTIFICATION_RETENTION=36500d", // fixtures have fixed moments, which grow old
                "--server.address=127.0.0.1",
                "--spring.kafka.consumer.group-id=" + database,
                "--spring.main.banner-mode=off",
                "--logging.level.root=WARN"));
        settings.addAll(List.of(more));
        return new RunningService(new SpringApplicationBuilder(NotificationServiceApplication.class)
                .run(settings.toArray(String[]::new)));
    }

    public <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    public record Answer(int status, JsonNode body, HttpResponse<String> response) {}

    public Answer get(String path, String token, String... headers) {
        return send(request(path, token, headers).GET());
    }

    public Answer post(String path, String token, String... headers) {
        return send(request(path, token, headers).POST(HttpRequest.BodyPublishers.noBody()));
    }

    public Answer put(String path, String token, String body, String... headers) {
        return send(request(path, token, headers)
                .header("Content-Type", "application/json")
                .PUT(HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Any other request with a body. */
    public Answer send(String method, String path, String token, String body, String... headers) {
        return send(request(path, token, headers)
                .header("Content-Type", "application/json")
                .method(method, HttpRequest.BodyPublishers.ofString(body)));
    }

    /** Without a token. */
    public Answer get(String path) {
        return send(HttpRequest.newBuilder(uri(path)).GET());
    }

    public Browser browser(String token, String... headers) {
        return Browser.open(
                http,
                request("/v1/stream", token, headers)
                        .header("Accept", "text/event-stream")
                        .build());
    }

    public URI uri(String path) {
        var port = Objects.requireNonNull(context.getEnvironment().getProperty("local.server.port"));
        return URI.create("http://127.0.0.1:" + port + path);
    }

    private HttpRequest.Builder request(String path, String token, String... headers) {
        var request = HttpRequest.newBuilder(uri(path)).header("Authorization", "Bearer " + token);
        return headers.length == 0 ? request : request.headers(headers);
    }

    private Answer send(HttpRequest.Builder request) {
        try {
            var response = http.send(request.build(), BodyHandlers.ofString());
            var isJson =
                    response.headers().firstValue("Content-Type").orElse("").contains("json");
            var body = isJson ? JSON.readTree(response.body()) : JSON.createObjectNode();
            return new Answer(response.statusCode(), body, response);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        context.close();
        http.shutdownNow();
    }
}
