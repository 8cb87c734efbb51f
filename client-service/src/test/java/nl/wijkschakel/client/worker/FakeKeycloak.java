package nl.wijkschakel.client.worker;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** What is used of Keycloak's admin API, answering as Keycloak 26 was seen to answer. */
final class FakeKeycloak {

    private static final String USERS = "/admin/realms/wijkschakel/users";
    private static final JsonMapper JSON = new JsonMapper();
    private static final String EXISTS = "{\"errorMessage\":\"User exists with same email\"}";

    private final Map<String, ObjectNode> users = new LinkedHashMap<>();
    private final List<String> deeds = new ArrayList<>();
    private final HttpServer server;

    FakeKeycloak() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext(USERS, this::answer);
        server.start();
    }

    String address() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    /** An account that was made past the API. */
    synchronized UUID add(String name, String... memberships) {
        var id = UUID.randomUUID();
        users.put(id.toString(), (ObjectNode)
                JSON.readTree("""
                {"id":"%s","username":"%s","firstName":"%s","lastName":"Voorbeeld","email":"%s@wijkteam.example",
                 "enabled":true,"attributes":{"memberships":%s,"phone":["010"]}}""".formatted(id, name, name, name, JSON.writeValueAsString(memberships))));
        return id;
    }

    synchronized JsonNode user(UUID id) {
        return requireNonNull(users.get(id.toString())).deepCopy();
    }

    synchronized int size() {
        return users.size();
    }

    /** What was asked for, with whom it was for: mails and ended sessions. */
    synchronized List<String> deeds() {
        return List.copyOf(deeds);
    }

    private synchronized void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            var path =
                    exchange.getRequestURI().getPath().substring(USERS.length()).split("/", -1);
            var body = exchange.getRequestBody().readAllBytes();
            if (path.length == 1) {
                if (exchange.getRequestMethod().equals("POST")) {
                    create(exchange, (ObjectNode) JSON.readTree(body));
                } else {
                    search(exchange, parameters(exchange));
                }
                return;
            }
            var user = users.get(path[1]);
            if (user == null) {
                say(exchange, 404, "{\"error\":\"User not found\"}");
            } else if (path.length > 2) {
                deeds.add(path[2] + " " + path[1]);
                say(exchange, 204, null);
            } else if (exchange.getRequestMethod().equals("PUT")) {
                change(exchange, user, (ObjectNode) JSON.readTree(body));
            } else {
                say(exchange, 200, user.toString());
            }
        }
    }

    private void create(HttpExchange exchange, ObjectNode user) throws IOException {
        if (isTaken(user, "")) {
            say(exchange, 409, EXISTS);
            return;
        }
        var id = UUID.randomUUID().toString();
        users.put(id, user.put("id", id));
        exchange.getResponseHeaders().set("Location", "http://keycloak.example" + USERS + "/" + id);
        say(exchange, 201, null);
    }

    private void change(HttpExchange exchange, ObjectNode user, ObjectNode change) throws IOException {
        if (isTaken(change, user.path("id").asString())) {
            say(exchange, 409, EXISTS);
            return;
        }
        change.properties().forEach(field -> user.set(field.getKey(), field.getValue()));
        say(exchange, 204, null);
    }

    private boolean isTaken(ObjectNode wanted, String except) {
        return users.values().stream()
                .filter(it -> !it.path("id").asString().equals(except))
                .anyMatch(it -> it.path("email").equals(wanted.path("email")));
    }

    private void search(HttpExchange exchange, Map<String, String> asked) throws IOException {
        var found = users.values().stream()
                .filter(it -> asked.containsKey("email")
                        ? it.path("email").asString().equals(asked.get("email"))
                        : it.at("/attributes/memberships").values().stream()
                                .map(of -> "memberships:\"" + of.asString() + "\"")
                                .anyMatch(of -> of.equals(asked.get("q"))))
                .toList();
        say(exchange, 200, JSON.writeValueAsString(found));
    }

    private static Map<String, String> parameters(HttpExchange exchange) {
        var found = new LinkedHashMap<String, String>();
        for (var each : exchange.getRequestURI().getRawQuery().split("&", -1)) {
            var parts = each.split("=", 2);
            found.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return found;
    }

    private static void say(HttpExchange exchange, int status, @Nullable String body) throws IOException {
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        var bytes = body == null ? new byte[0] : body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
