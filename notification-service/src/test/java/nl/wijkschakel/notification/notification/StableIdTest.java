package nl.wijkschakel.notification.notification;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.notification.notification.Recipient.Organisation;
import nl.wijkschakel.notification.notification.Recipient.Person;
import nl.wijkschakel.notification.notification.Recipient.RoleAnywhere;
import nl.wijkschakel.notification.notification.Recipient.RoleAtMunicipality;
import nl.wijkschakel.notification.notification.Recipient.RoleAtOrganisation;
import org.junit.jupiter.api.Test;

class StableIdTest {

    private static final Instant NINE = Instant.parse("2026-03-02T09:00:00Z");
    private static final UUID EVENT = UUID.fromString("0199e000-0000-7000-8000-000000000101");

    @Test
    void followsFromEventAndRecipientAlone() {
        var organisation = new UUID(7, 7);
        var person = new UUID(8, 8);
        var recipients = List.of(
                new Organisation(organisation),
                new Person(person, organisation),
                new Person(person, new UUID(9, 9)),
                new Person(new UUID(10, 10), organisation),
                new RoleAtOrganisation(organisation, Role.COORDINATOR),
                new RoleAtOrganisation(organisation, Role.SPECIALIST),
                new RoleAtMunicipality("9901", Role.FUNCTIONAL_ADMIN),
                new RoleAtMunicipality("9902", Role.FUNCTIONAL_ADMIN),
                new RoleAnywhere(Role.FUNCTIONAL_ADMIN));
        assertThat(recipients)
                .allSatisfy(recipient ->
                        assertThat(Address.of(recipient).recipient()).isEqualTo(recipient));
        var ids = Stream.concat(
                        recipients.stream().map(recipient -> id(EVENT, recipient, NINE)),
                        recipients.stream().map(recipient -> id(new UUID(1, 1), recipient, NINE)))
                .toList();

        assertThat(ids).doesNotHaveDuplicates();
        assertThat(ids.getFirst()).as("of an earlier release").hasToString("019cadc6-9a80-89fc-89e6-dd87162bfaf6");
        assertThat(id(EVENT, recipients.getFirst(), NINE)).isEqualTo(ids.getFirst());
    }

    @Test
    void sortsByTheMomentOfTheEvent() {
        var recipient = new Organisation(new UUID(7, 7));
        var before = id(EVENT, recipient, NINE.minusMillis(1)).toString();
        var at = id(EVENT, recipient, NINE).toString();
        var lowest = StableId.lowest(NINE).toString();

        assertThat(before).isLessThan(lowest);
        assertThat(lowest).isLessThan(at);
    }

    @Test
    void isAUuidOfVersion8() {
        var id = id(EVENT, new Organisation(new UUID(7, 7)), NINE);
        assertThat(id.version()).isEqualTo(8);
        assertThat(id.variant()).isEqualTo(2);
    }

    private static UUID id(UUID event, Recipient recipient, Instant at) {
        return StableId.of(at, event, Address.of(recipient).bytes());
    }
}
