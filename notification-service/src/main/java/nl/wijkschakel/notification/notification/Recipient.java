package nl.wijkschakel.notification.notification;

import java.util.UUID;
import nl.wijkschakel.kit.caller.Role;

/**
 * Who is told: one person in the work for one organisation, whoever works for an organisation, or whoever has a role at
 * an organisation, at a municipality, or at any municipality of the installation.
 */
public sealed interface Recipient {

    record Person(UUID id, UUID organisation) implements Recipient {}

    /** Several read it, each with a mark of their own. */
    sealed interface Shared extends Recipient {}

    record Organisation(UUID id) implements Shared {}

    /** Such as the coordinators of one organisation. */
    record RoleAtOrganisation(UUID organisation, Role role) implements Shared {}

    /** Such as the privacy officers of one municipality. */
    record RoleAtMunicipality(String municipality, Role role) implements Shared {}

    /** Such as the functional admins, for what concerns the installation and no municipality more than another. */
    record RoleAnywhere(Role role) implements Shared {}
}
