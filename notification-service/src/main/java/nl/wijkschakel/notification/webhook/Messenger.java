package nl.wijkschakel.notification.webhook;

import java.io.IOException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.HttpHostConnectException;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.util.Timeout;

/** Hands deliveries to targets. Whom it calls, and how long it waits, is in its own hands; what they answer is not read. */
final class Messenger implements AutoCloseable {

    private static final Timeout TO_CONNECT = Timeout.ofSeconds(3);
    private static final Timeout TO_ANSWER = Timeout.ofSeconds(10);

    /** Also for a target that sends a byte now and then. */
    private static final Duration IN_ALL = Duration.ofSeconds(15);

    private static final int MOST_CONNECTIONS = 200;
    private static final int MOST_TO_ONE = 8;
    private static final int OK = 200;
    private static final int FIRST_NOT_OK = 300;
    private static final ContentType CLOUD_EVENT =
            ContentType.create("application/cloudevents+json", StandardCharsets.UTF_8);

    private final CloseableHttpClient http;
    private final ScheduledExecutorService watch = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("webhook-watch").daemon().factory());

    Messenger(PublicAddresses addresses) {
        var connections = PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(addresses)
                .setMaxConnTotal(MOST_CONNECTIONS)
                .setMaxConnPerRoute(MOST_TO_ONE)
                .setDefaultConnectionConfig(ConnectionConfig.custom()
                        .setConnectTimeout(TO_CONNECT)
                        .setSocketTimeout(TO_ANSWER)
                        .build())
                .build();
        this.http = HttpClients.custom()
                .setConnectionManager(connections)
                .setDefaultRequestConfig(RequestConfig.custom()
                        .setConnectionRequestTimeout(TO_ANSWER)
                        .setResponseTimeout(TO_ANSWER)
                        .build())
                .setUserAgent("Wijkschakel")
                .disableRedirectHandling() // it would lead past the look at addresses' names
                .disableAutomaticRetries() // the schedule does that
                .disableCookieManagement()
                .disableAuthCaching()
                .disableContentCompression()
                .build();
    }

    /** What became of it. */
    sealed interface Outcome {

        record Taken() implements Outcome {}

        /** @param why the target's status, or one word */
        record NotTaken(String why) implements Outcome {}
    }

    Outcome send(Target target, Delivery delivery, Instant now) {
        var request = new HttpPost(target.callbackUrl());
        request.setEntity(new StringEntity(delivery.body(), CLOUD_EVENT));
        request.setHeader("Wijkschakel-Delivery", delivery.id().toString());
        request.setHeader(Signature.HEADER, Signature.of(target.secret(), now, delivery.body()));
        if (target.authorization() != null) {
            request.setHeader("Authorization", target.authorization());
        }
        var end = watch.schedule(request::cancel, IN_ALL.toMillis(), TimeUnit.MILLISECONDS);
        try (var response = http.executeOpen(null, request, null)) {
            int status = response.getCode();
            return status >= OK && status < FIRST_NOT_OK
                    ? new Outcome.Taken()
                    : new Outcome.NotTaken(String.valueOf(status));
        } catch (IOException e) {
            return new Outcome.NotTaken(why(e));
        } finally {
            end.cancel(false);
        }
    }

    private static String why(IOException failure) {
        return switch (failure) {
            case PublicAddresses.NotPublic _ -> "not-public";
            case UnknownHostException _ -> "unknown-host";
            case SSLException _ -> "tls";
            case HttpHostConnectException _, ConnectTimeoutException _ -> "no-connection";
            case SocketTimeoutException _ -> "no-answer";
            default -> "broken-off"; // an exception, not an enum: whatever else happens to a connection
        };
    }

    @Override
    public void close() throws IOException {
        watch.shutdownNow();
        http.close();
    }
}
