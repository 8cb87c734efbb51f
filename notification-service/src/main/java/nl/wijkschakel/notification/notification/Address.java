package nl.wijkschakel.notification.notification;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.stream.Stream;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.notification.notification.Recipient.Organisation;
import nl.wijkschakel.notification.notification.Recipient.Person;
import nl.wijkschakel.notification.notification.Recipient.RoleAnywhere;
import nl.wijkschakel.notification.notification.Recipient.RoleAtMunicipality;
import nl.wijkschakel.notification.notification.Recipient.RoleAtOrganisation;

/**
 * A recipient as it is stored: two values, of which the first says for whom one works. Ids of persons and organisations
 * are stored as such, roles as texts: {@code <organisation>:coordinator}, {@code 9901:privacy-officer} and {@code
 * *:functional-admin}, as memberships stand in tokens.
 *
 * @param place an organisation's id, a municipality's code, or {@code *}
 * @param name a person's or organisation's id, or a role at the place
 */
record Address(Object place, Object name) {

    private static final String ANYWHERE = "*";

    static Address of(Recipient recipient) {
        return switch (recipient) {
            case Person it -> new Address(it.organisation(), it.id());
            case Organisation it -> new Address(it.id(), it.id());
            case RoleAtOrganisation it -> role(it.organisation(), it.role());
            case RoleAtMunicipality it -> role(it.municipality(), it.role());
            case RoleAnywhere it -> role(ANYWHERE, it.role());
        };
    }

    private static Address role(Object place, Role role) {
        return new Address(place, place + ":" + role.text());
    }

    /** What {@link #of} was made from. */
    Recipient recipient() {
        if (name instanceof UUID id) {
            var organisation = (UUID) place;
            return id.equals(organisation) ? new Organisation(organisation) : new Person(id, organisation);
        }
        var text = (String) name;
        var role = role(text.substring(text.lastIndexOf(':') + 1));
        if (place instanceof UUID organisation) {
            return new RoleAtOrganisation(organisation, role);
        }
        return place.equals(ANYWHERE) ? new RoleAnywhere(role) : new RoleAtMunicipality((String) place, role);
    }

    private static Role role(String text) {
        return Stream.of(Role.values())
                .filter(it -> it.text().equals(text))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("a stored role that no release knows"));
    }

    /** The same for the same recipient in every release: ids of notifications follow from it. */
    byte[] bytes() {
        if (name instanceof UUID id) {
            var organisation = (UUID) place;
            return ByteBuffer.allocate(4 * Long.BYTES)
                    .putLong(id.getMostSignificantBits())
                    .putLong(id.getLeastSignificantBits())
                    .putLong(organisation.getMostSignificantBits())
                    .putLong(organisation.getLeastSignificantBits())
                    .array();
        }
        return name.toString().getBytes(StandardCharsets.UTF_8);
    }
}
