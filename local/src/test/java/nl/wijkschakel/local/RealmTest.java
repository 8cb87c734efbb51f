package nl.wijkschakel.local;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import nl.wijkschakel.servers.Folders;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RealmTest {

    private static final JsonMapper JSON = new JsonMapper();
    private static final Path ROOT = Folders.root();

    private final JsonNode production = read("wijkschakel-realm.json");
    private final JsonNode demo = JSON.readTree(Realm.demo(ROOT).json());

    RealmTest() throws IOException {}

    @Test
    void theRealmForProductionHasNoPeopleAndNoWayToTradeAPasswordForAToken() {
        assertThat(production.required("users")).allSatisfy(user -> {
            assertThat(user.required("serviceAccountClientId").isString()).isTrue();
            assertThat(user.has("credentials")).isFalse();
        });
        assertThat(production.required("clients")).allSatisfy(client -> {
            assertThat(client.required("directAccessGrantsEnabled").asBoolean()).isFalse();
            assertThat(client.required("publicClient").asBoolean()).isFalse();
            assertThat(client.required("secret").asString()).matches("\\$\\{[A-Z_]+}");
        });
        assertThat(client(production, "system").required("enabled").asBoolean()).isFalse();
    }

    /** Whoever holds that secret can do anything to accounts, and nothing to the realm. */
    @Test
    void theClientForAccountsMayManageUsersAndNothingElse() {
        assertThat(production.required("users").size()).isEqualTo(1);
        var account = byName(production.required("users"), "serviceAccountClientId", "accounts");
        assertThat(account.required("clientRoles").toString()).isEqualTo("{\"realm-management\":[\"manage-users\"]}");
        assertThat(account.has("realmRoles")).isFalse();
        assertThat(production.required("clientScopeMappings").toString())
                .isEqualTo("{\"realm-management\":[{\"client\":\"accounts\",\"roles\":[\"manage-users\"]}]}");
        var client = client(production, "accounts");
        assertThat(client.required("fullScopeAllowed").asBoolean()).isFalse();
        assertThat(client.required("defaultClientScopes").toString())
                .as("not the platform's audience: no service takes this token")
                .doesNotContain("wijkschakel");
    }

    @Test
    void theDemoAddsItsClientAndItsUsers() {
        assertThat(client(demo, "demo").required("directAccessGrantsEnabled").asBoolean())
                .isTrue();
        assertThat(people()).hasSize(23);
        // no rule for a password, and no work to keep one secret that everybody knows
        assertThat(demo.required("passwordPolicy").asString())
                .isEqualTo("hashAlgorithm(pbkdf2-sha256) and hashIterations(1)");
    }

    @Test
    void theDemoChangesOfTheSystemClientOnlyWhatItSays() {
        var system = client(demo, "system");
        assertThat(system.required("enabled").asBoolean()).isTrue();
        assertThat(system.required("serviceAccountsEnabled").asBoolean()).isTrue();
        assertThat(system.required("secret").asString()).isEqualTo("${SYSTEM_CLIENT_SECRET}");
        assertThat(system.required("protocolMappers").values().stream()
                        .map(mapper -> mapper.required("name").asString()))
                .containsExactly("memberships", "audience");
        assertThat(system.at("/protocolMappers/0/config/claim.value").asString())
                .contains(":specialist");
    }

    @Test
    void membershipsAreForAdminsToChange() {
        var profile = JSON.readTree(production
                .at("/components/org.keycloak.userprofile.UserProfileProvider/0/config/kc.user.profile.config/0")
                .asString());
        assertThat(profile.has("unmanagedAttributePolicy")).isFalse();
        var memberships = byName(profile.required("attributes"), "name", "memberships");
        assertThat(memberships.at("/permissions/edit").toString()).isEqualTo("[\"admin\"]");
    }

    @Test
    void everyDemoUsersMembershipsHaveTheFormThatTheRealmDemands() {
        var profile = production
                .at("/components/org.keycloak.userprofile.UserProfileProvider/0/config/kc.user.profile.config/0")
                .asString();
        var form = Pattern.compile(byName(JSON.readTree(profile).required("attributes"), "name", "memberships")
                .at("/validations/pattern/pattern")
                .asString());
        assertThat(people())
                .allSatisfy(user -> assertThat(user.at("/attributes/memberships"))
                        .isNotEmpty()
                        .allSatisfy(
                                membership -> assertThat(membership.asString()).matches(form)));
    }

    @Test
    void theAccountsThatAreAnnouncedExist() {
        var names = people().stream()
                .map(user -> user.required("username").asString())
                .filter(name -> !name.startsWith("org"))
                .toList();
        assertThat(DemoAccount.ALL.stream().map(DemoAccount::name)).containsExactlyInAnyOrderElementsOf(names);
    }

    @Test
    void idsOfUsersAreUuidsAndStandForOneUserEach() {
        List<String> ids =
                people().stream().map(user -> user.required("id").asString()).toList();
        assertThat(ids)
                .doesNotHaveDuplicates()
                .allSatisfy(id -> assertThat(id).matches("0199dddd-0000-7000-8000-0000000000\\d\\d"));
    }

    private List<JsonNode> people() {
        return demo.required("users").values().stream()
                .filter(user -> !user.has("serviceAccountClientId"))
                .toList();
    }

    private static JsonNode client(JsonNode realm, String id) {
        return byName(realm.required("clients"), "clientId", id);
    }

    private static JsonNode byName(JsonNode list, String key, String name) {
        return StreamSupport.stream(list.spliterator(), false)
                .filter(each -> each.path(key).asString("").equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static JsonNode read(String file) throws IOException {
        return JSON.readTree(Files.readString(ROOT.resolve("keycloak").resolve(file)));
    }
}
