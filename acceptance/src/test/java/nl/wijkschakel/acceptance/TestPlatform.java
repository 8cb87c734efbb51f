package nl.wijkschakel.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import nl.wijkschakel.local.LocalStack;
import nl.wijkschakel.local.Part;
import nl.wijkschakel.local.Service;
import nl.wijkschakel.local.Settings;
import org.jspecify.annotations.Nullable;

/**
 * The whole platform, started once for all tests beside whatever runs on this machine: real Keycloak, Kafka and MongoDB,
 * the four services, and referral- and notification-service twice.
 */
final class TestPlatform {

    private static final int OFFSET = 20_000;

    private static @Nullable LocalStack stack;

    static synchronized LocalStack stack() {
        if (stack == null) {
            try {
                stack = start();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return stack;
    }

    private static LocalStack start() throws IOException {
        var home = Path.of("target", "platform").toAbsolutePath();
        var started =
                LocalStack.startAnew(Settings.of(Path.of("..")).withHome(home).withOffset(OFFSET));
        started.addReplica(Service.REFERRAL);
        started.addReplica(Service.NOTIFICATION);
        stack = started;
        World.furnish();
        return started;
    }

    static String address() {
        return stack().address();
    }

    static Part part(Service service, int replica) {
        return stack().services(service).get(replica);
    }

    /** What a replica tells those who watch it. */
    static String metrics(Part replica) {
        try (var http = HttpClient.newHttpClient()) {
            var request = HttpRequest.newBuilder(URI.create(replica.address() + "/actuator/prometheus"))
                    .build();
            return http.send(request, BodyHandlers.ofString()).body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private TestPlatform() {}
}
