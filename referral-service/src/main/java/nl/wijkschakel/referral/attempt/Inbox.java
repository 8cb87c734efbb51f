package nl.wijkschakel.referral.attempt;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import nl.wijkschakel.referral.attempt.Status.ReceiverQueue;
import nl.wijkschakel.referral.directory.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * Which of a receiver's attempts are asked for; null where something does not matter.
 *
 * <p>An attempt names every such list it stands in, so that one index serves each choice of filters in order, and no
 * attempt is read that is not shown.
 *
 * @param assignee who has it in hand
 */
record Inbox(
        ReceiverQueue queue,
        @Nullable UUID service,
        @Nullable Urgency urgency,
        @Nullable UUID assignee,
        @Nullable String municipality) {

    private static final String ANY = "";

    /** The same of one who has it in hand. */
    Inbox of(UUID worker) {
        return new Inbox(queue, service, urgency, worker, municipality);
    }

    /** The list's name. */
    String list(UUID receiver) {
        return Stream.of(receiver, queue, service, urgency, assignee, municipality)
                .map(it -> Optional.ofNullable(it).map(Object::toString).orElse(ANY))
                .reduce((list, part) -> list + "|" + part)
                .orElseThrow();
    }

    /** The names of all lists in which the attempt stands. */
    static List<String> lists(Attempt it) {
        var worker = it.state().worker();
        var choices = List.of(it.receiver() + "|" + it.receiverQueue());
        choices = each(choices, it.service().toString());
        choices = each(choices, it.urgency().name());
        choices = each(choices, worker == null ? ANY : worker.person().toString());
        return each(choices, it.municipality());
    }

    private static List<String> each(List<String> choices, String value) {
        var longer = new ArrayList<String>();
        for (var choice : choices) {
            longer.add(choice + "|" + ANY);
            if (!value.equals(ANY)) {
                longer.add(choice + "|" + value);
            }
        }
        return longer;
    }
}
