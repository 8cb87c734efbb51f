package nl.wijkschakel.notification.mail;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * An address that those who have a role read together. Mail for the role reaches it also when none of them has looked
 * yet.
 *
 * @param place an organisation's id or a municipality's code
 * @param role as memberships write it
 * @param version 0 when it was never filled in
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record Mailbox(
        String place,
        String role,
        @Nullable String address,
        @JsonIgnore long version) {

    static Mailbox empty(String place, String role) {
        return new Mailbox(place, role, null, 0);
    }

    /** As it stands in memberships. */
    @JsonIgnore
    String membership() {
        return place + ":" + role;
    }
}
