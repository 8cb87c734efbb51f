package nl.wijkschakel.local;

import static com.github.tomakehurst.wiremock.client.WireMock.aResponse;
import static com.github.tomakehurst.wiremock.client.WireMock.post;
import static com.github.tomakehurst.wiremock.client.WireMock.urlPathEqualTo;
import static com.github.tomakehurst.wiremock.core.WireMockConfiguration.options;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.github.tomakehurst.wiremock.client.ResponseDefinitionBuilder;
import com.github.tomakehurst.wiremock.extension.ResponseDefinitionTransformerV2;
import com.github.tomakehurst.wiremock.http.ResponseDefinition;
import com.github.tomakehurst.wiremock.stubbing.ServeEvent;

/** The BRP, played by WireMock: a test may add stubs of its own, such as a slow answer or an outage. */
final class BrpPart extends InsidePart {

    private static final String PATH = "/haalcentraal/api/brp/personen";

    private final int port;
    private WireMockServer server;

    BrpPart(int port) {
        super("brp", address(port));
        this.port = port;
        this.server = server(port);
    }

    static String address(int port) {
        return "http://127.0.0.1:" + port + PATH;
    }

    WireMockServer server() {
        return server;
    }

    @Override
    public void start() {
        server = server(port);
        server.start();
        server.stubFor(post(urlPathEqualTo(PATH)).willReturn(aResponse().withTransformers(Persons.NAME)));
    }

    @Override
    public void stop() {
        server.stop();
    }

    @Override
    public boolean isUp() {
        return server.isRunning();
    }

    /** Without a journal: it would keep every BSN that was asked for. */
    private static WireMockServer server(int port) {
        return new WireMockServer(options()
                .bindAddress("127.0.0.1")
                .port(port)
                .containerThreads(12)
                .disableRequestJournal()
                .extensions(new Persons()));
    }

    private static final class Persons implements ResponseDefinitionTransformerV2 {

        private static final String NAME = "brp-persons";

        private final BrpPersons persons = new BrpPersons();

        @Override
        public ResponseDefinition transform(ServeEvent event) {
            var answer = persons.ask(event.getRequest().getBodyAsString());
            return ResponseDefinitionBuilder.responseDefinition()
                    .withStatus(answer.status())
                    .withHeader("Content-Type", answer.contentType())
                    .withBody(answer.body())
                    .build();
        }

        @Override
        public String getName() {
            return NAME;
        }

        @Override
        public boolean applyGlobally() {
            return false;
        }
    }
}
