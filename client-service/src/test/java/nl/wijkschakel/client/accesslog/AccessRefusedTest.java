package nl.wijkschakel.client.accesslog;

import static nl.wijkschakel.client.People.ANNA;
import static nl.wijkschakel.client.People.BRAM;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import nl.wijkschakel.client.Bodies;
import nl.wijkschakel.client.ServiceTest;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

class AccessRefusedTest extends ServiceTest {

    @Test
    void p14ReadsAre503WithoutDataWhileEntriesCannotBeStored() {
        var bsn = anotherBsn();
        var client = register(ANNA, Bodies.client("Dicht", bsn));
        share(client, "\"NAME\"");
        refuse(Map.of("never", new Document("$exists", true)));
        try {
            for (var answer : List.of(
                    get(ANNA, "/v1/clients/" + client),
                    get(BRAM, "/v1/clients/" + client),
                    get(ANNA, "/v1/clients/" + client + "/access-log"),
                    post(ANNA, "/v1/client-searches", "{\"surname\":\"Dicht\"}"),
                    post(ANNA, "/v1/client-lookups", "{\"ids\":[\"%s\"]}".formatted(client)),
                    post(ANNA, "/v1/clients", Bodies.client("Dicht", bsn)))) {
                assertRefused(answer);
            }
        } finally {
            refuse(Map.of());
        }
        assertThat(get(ANNA, "/v1/clients/" + client)).hasStatusOk();
    }

    private void assertRefused(MvcTestResult answer) {
        assertThat(answer).hasStatus(503).containsHeader(HttpHeaders.RETRY_AFTER);
        assertThat(body(answer).path("type").stringValue()).isEqualTo("urn:wijkschakel:problem:access-log-unavailable");
        assertThat(answer).bodyText().doesNotContain("Dicht", "Sanne", "1234AB");
    }

    private void refuse(Map<String, Object> validator) {
        database.runCommand(new Document("collMod", "access_entries").append("validator", new Document(validator)));
    }
}
