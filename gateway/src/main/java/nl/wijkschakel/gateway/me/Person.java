package nl.wijkschakel.gateway.me;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Who is logged in.
 *
 * @param organisation for which the person works now; null when there are several and none is chosen, or none at all
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Person(
        @Nullable String name,
        List<Membership> memberships,
        @Nullable String organisation) {

    static Person of(@Nullable String name, Memberships memberships, @Nullable String chosen) {
        return new Person(name, memberships.all(), memberships.organisation(chosen));
    }
}
