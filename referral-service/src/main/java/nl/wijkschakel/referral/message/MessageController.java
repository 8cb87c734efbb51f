package nl.wijkschakel.referral.message;

import static nl.wijkschakel.kit.caller.Role.COORDINATOR;
import static nl.wijkschakel.kit.caller.Role.SPECIALIST;
import static nl.wijkschakel.kit.caller.Role.WIJKTEAM_WORKER;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.Operation;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotNull;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import nl.wijkschakel.kit.access.AccessEntry;
import nl.wijkschakel.kit.access.AccessLog;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.kit.web.IdempotencyKey;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import nl.wijkschakel.kit.web.Text;
import nl.wijkschakel.referral.attempt.Action.Side;
import nl.wijkschakel.referral.attempt.Actor;
import nl.wijkschakel.referral.attempt.Attempt;
import nl.wijkschakel.referral.attempt.AttemptViews;
import nl.wijkschakel.referral.attempt.Attempts;
import nl.wijkschakel.referral.attempt.ThirdParties;
import nl.wijkschakel.referral.attempt.Worker;
import nl.wijkschakel.referral.message.Message.Said;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** What the two sides of an attempt write to each other: the receiver from the claim on, for as long as it may read. */
@RestController
@RequestMapping("/v1/attempts/{attempt}/messages")
@Allowed({WIJKTEAM_WORKER, SPECIALIST, COORDINATOR})
class MessageController {

    static final int LONGEST = 4000;

    /** @param thirdParties what names others than the client (DOMAIN P20) */
    record NewMessage(
            @NotNull @Text(max = LONGEST) String text,
            @Nullable @Valid ThirdParties thirdParties) {}

    /** @param upTo the newest message that was seen */
    record MessagesRead(@NotNull UUID upTo) {}

    /**
     * @param mine whether the reader's own side wrote it
     * @param readAt when the other side had read it
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MessageView(
            UUID id,
            Side side,
            boolean mine,
            Worker by,
            UUID organisation,
            String text,
            @Nullable ThirdParties thirdParties,
            Instant at,
            @Nullable Instant readAt) {}

    /**
     * Newest first.
     *
     * @param unread how many of the other side's the reader's side has not read
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MessagePage(List<MessageView> items, @Nullable String next, long unread) {}

    private final Messages messages;
    private final PostMessage posting;
    private final Attempts attempts;
    private final AttemptViews views;
    private final AccessLog accessLog;

    MessageController(
            Messages messages, PostMessage posting, Attempts attempts, AttemptViews views, AccessLog accessLog) {
        this.messages = messages;
        this.posting = posting;
        this.attempts = attempts;
        this.views = views;
        this.accessLog = accessLog;
    }

    @GetMapping
    @Operation(operationId = "listMessages", summary = "Newest first, and how many are unread")
    MessagePage list(@PathVariable UUID attempt, Paging paging, Caller caller) {
        var of = readable(attempt, caller);
        var side = of.speaksFor(Actor.of(caller));
        var page = Page.of(messages.of(attempt, paging), paging.limit(), it -> new Cursor(0, it.id()));
        accessLog.record(
                Attempts.entry(of, AccessEntry.Action.READ, new AccessEntry.Resource("messages", attempt), caller));
        return new MessagePage(
                page.items().stream().map(it -> view(it, side)).toList(), page.next(), messages.unread(attempt, side));
    }

    @PostMapping
    @Operation(operationId = "postMessage", summary = "To the other side, which is told that there is one")
    ResponseEntity<MessageView> post(
            @PathVariable UUID attempt,
            @Nullable IdempotencyKey key,
            @Valid @RequestBody NewMessage body,
            Caller caller) {
        var posted = posting.post(attempt, new Said(body.text(), body.thirdParties()), key, caller);
        return ResponseEntity.status(HttpStatus.CREATED)
                .location(URI.create("/v1/attempts/" + attempt + "/messages"))
                .body(view(posted, posted.side()));
    }

    @PostMapping("/read")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(
            operationId = "readMessages",
            summary = "The reader's side has read the other's messages, as far as one of them")
    void read(@PathVariable UUID attempt, @Valid @RequestBody MessagesRead body, Caller caller) {
        var of = readable(attempt, caller);
        messages.markRead(attempt, of.speaksFor(Actor.of(caller)), body.upTo());
    }

    private Attempt readable(UUID attempt, Caller caller) {
        var found = attempts.get(attempt, caller);
        views.requireContent(found, Actor.of(caller));
        return found;
    }

    private static MessageView view(Message message, Side reader) {
        var it = message.shownTo(reader);
        return new MessageView(
                it.id(),
                it.side(),
                it.side() == reader,
                it.by(),
                it.organisation(),
                it.said().text(),
                it.said().thirdParties(),
                it.at(),
                it.readAt());
    }
}
