package nl.wijkschakel.client.client;

import static nl.wijkschakel.client.People.ANNA;
import static nl.wijkschakel.client.People.ANNA_ID;
import static nl.wijkschakel.client.People.MILAN;
import static nl.wijkschakel.client.People.WIJKTEAM;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.mongodb.MongoWriteException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import nl.wijkschakel.client.Bodies;
import nl.wijkschakel.client.ServiceTest;
import nl.wijkschakel.client.grant.Grants;
import nl.wijkschakel.kit.ReferenceNumber;
import nl.wijkschakel.kit.TimeOrderedIds;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.seal.KeyedHash;
import nl.wijkschakel.kit.seal.Vault;
import nl.wijkschakel.kit.web.IdempotencyKey;
import org.bson.Document;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.servlet.assertj.MvcTestResult;

/** Races, and a hash key that is replaced. */
class ClientsTest extends ServiceTest {

    private static final int AT_ONCE = 8;
    private static final KeyedHash OLD = new KeyedHash(new byte[] {1});
    private static final KeyedHash NEW = new KeyedHash(new byte[] {2});

    @Autowired
    Vault vault;

    @Autowired
    Grants grants;

    @Autowired
    FrozenShares frozen;

    @Test
    void ofManyWhoRegisterOnePersonOneWins() throws Exception {
        var body = Bodies.client("Wedloop", anotherBsn());
        assertThat(atOnce(() -> post(ANNA, "/v1/clients", body)))
                .extracting(it -> it.getResponse().getStatus())
                .containsExactlyInAnyOrder(201, 409, 409, 409, 409, 409, 409, 409);
    }

    @Test
    void aRequestThatIsSentManyTimesAtOnceIsDoneOnce() throws Exception {
        var body = Bodies.unknownClient("Ongeduld");
        var answers = atOnce(
                () -> send(HttpMethod.POST, ANNA, "/v1/clients", body, Map.of(IdempotencyKey.HEADER, "impatient")));
        assertThat(answers).allSatisfy(it -> assertThat(it).hasStatus(201));
        assertThat(answers.stream()
                        .map(it -> it.getResponse().getHeader(HttpHeaders.LOCATION))
                        .distinct())
                .hasSize(1);
        assertThat(database.getCollection("clients").countDocuments(new Document("creation.key", "impatient")))
                .isEqualTo(1);
    }

    @Test
    void losesNoUpdateToARace() throws Exception {
        var id = register(ANNA, Bodies.client("Race", anotherBsn()));
        assertThat(atOnce(() -> patch(MILAN, id, 1, "{\"language\":\"en\"}")))
                .extracting(it -> it.getResponse().getStatus())
                .containsOnly(200, 412)
                .containsOnlyOnce(200);
        assertThat(stored("clients", id).getLong("version")).isEqualTo(2);
        assertThat(stored("clients", id).getLong("sequence")).isEqualTo(2);
    }

    @Test
    void whileAHashKeyIsReplacedABsnIsStillThereOnce() {
        var organisation = UUID.randomUUID();
        var before = new Clients(database, vault, grants, frozen, new SearchHashes(List.of(OLD)));
        var between = new Clients(database, vault, grants, frozen, new SearchHashes(List.of(NEW, OLD)));
        var after = new Clients(database, vault, grants, frozen, new SearchHashes(List.of(NEW)));
        var caller = new Caller(ANNA_ID, "Anna", List.of(), organisation, null, "");
        var bsn = anotherBsn();
        var first = client(organisation, bsn);
        before.add(first, null, List.of());
        var search = new ClientSearch(bsn, null, null, null);
        assertThat(between.search(caller, search, null, 10)).hasSize(1);
        assertThat(after.search(caller, search, null, 10)).isEmpty();
        assertThatExceptionOfType(MongoWriteException.class)
                .isThrownBy(() -> between.add(client(organisation, bsn), null, List.of()));

        // a change stores it under both keys
        between.change(first, first.changed(first.person(), NOW), List.of());
        assertThat(before.search(caller, search, null, 10)).hasSize(1);
        assertThat(after.search(caller, search, null, 10)).hasSize(1);
        assertThatExceptionOfType(MongoWriteException.class)
                .isThrownBy(() -> after.add(client(organisation, bsn), null, List.of()));
    }

    private Client client(UUID organisation, String bsn) {
        var person = json.readValue(Bodies.client("Sleutelmans", bsn), PersonalData.class);
        var client = Client.registered(TimeOrderedIds.next(), ReferenceNumber.next(), organisation, person, NOW);
        vault.createKey(client.id());
        return client;
    }

    private static List<MvcTestResult> atOnce(Callable<MvcTestResult> request) throws Exception {
        try (var threads = Executors.newFixedThreadPool(AT_ONCE)) {
            var answers = new ArrayList<MvcTestResult>();
            for (var answer : threads.invokeAll(Collections.nCopies(AT_ONCE, request))) {
                answers.add(answer.get());
            }
            return answers;
        }
    }

    @Test
    void belongsToTheOrganisationThatRegisteredIt() {
        var id = register(ANNA, Bodies.unknownClient("Eigen"));
        assertThat(stored("clients", id).get("organisation", UUID.class)).isEqualTo(WIJKTEAM);
    }
}
