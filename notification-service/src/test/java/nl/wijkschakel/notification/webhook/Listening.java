package nl.wijkschakel.notification.webhook;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A subscriber's system: it keeps what it is sent, and answers as the test says. */
final class Listening implements AutoCloseable {

    /** One request, with what was answered. */
    record Heard(JsonNode event, String body, com.sun.net.httpserver.Headers headers, int answered) {

        String attempt() {
            return event.path("subject").asString();
        }

        long sequence() {
            return Long.parseLong(event.path("sequence").asString());
        }
    }

    private final HttpServer server;
    private final List<Heard> heard = new CopyOnWriteArrayList<>();
    private volatile Function<JsonNode, Integer> answer = _ -> 204;

    Listening() throws IOException {
        this.server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::take);
        server.start();
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hook";
    }

    void answer(int status) {
        answer = _ -> status;
    }

    void answer(Function<JsonNode, Integer> status) {
        answer = status;
    }

    List<Heard> heard() {
        return List.copyOf(heard);
    }

    /** What it took. */
    List<Heard> taken() {
        return heard.stream().filter(it -> it.answered() == 204).toList();
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            var body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            var event = JsonMapper.shared().readTree(body);
            int status = answer.apply(event);
            heard.add(new Heard(event, body, exchange.getRequestHeaders(), status));
            if (status == 302) {
                exchange.getResponseHeaders().set("Location", url() + "/elsewhere");
            }
            exchange.sendResponseHeaders(status, -1);
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
