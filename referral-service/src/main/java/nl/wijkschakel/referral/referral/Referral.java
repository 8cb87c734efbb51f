package nl.wijkschakel.referral.referral;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.referral.attempt.Attempt;
import nl.wijkschakel.referral.attempt.Sender;
import nl.wijkschakel.referral.attempt.Status;
import nl.wijkschakel.referral.directory.Urgency;
import org.jspecify.annotations.Nullable;

/**
 * What a client asks, owned by the sending organisation (DOMAIN §2). A draft is a referral without attempts; sending
 * creates them.
 *
 * @param version rises when a person changes the referral itself, and when it is sent: sending sees all attempts
 * @param sentAt null in a draft
 * @param withdrawnAt when it was withdrawn as a whole
 */
record Referral(
        UUID id,
        long version,
        String number,
        UUID client,
        String municipality,
        Sender sender,
        Content content,
        @Nullable Instant sentAt,
        @Nullable Instant withdrawnAt,
        Instant createdAt,
        Instant changedAt) {

    /** So long an unchanged draft is kept (DOMAIN T1, P23). */
    static final Duration DRAFT_KEPT = Duration.ofDays(14);

    /** Where the referral as a whole stands; derived, never stored. */
    enum ReferralStatus {
        DRAFT,
        ACTION_REFERRER,
        ACTIVE,
        COMPLETED,
        ENDED,
        WITHDRAWN
    }

    /** What its own organisation can do with it. */
    enum ReferralAction {
        EDIT,
        SEND,
        DELETE,
        RESEND,
        WITHDRAW,
        ASSIGN
    }

    static Referral draft(
            UUID id, String number, UUID client, String municipality, Sender sender, Content content, Instant now) {
        return new Referral(id, 1, number, client, municipality, sender, content, null, null, now, now);
    }

    /** The same under another number. */
    Referral numbered(String another) {
        return new Referral(
                id, version, another, client, municipality, sender, content, sentAt, withdrawnAt, createdAt, changedAt);
    }

    Referral edit(Content content, Instant now) {
        requireDraft();
        return new Referral(id, version + 1, number, client, municipality, sender, content, null, null, createdAt, now);
    }

    /** DOMAIN T2. */
    Referral send(Instant now) {
        requireDraft();
        return sentAgain(now, now);
    }

    /** DOMAIN T16: the question stays, another service is asked or the same again. */
    Referral resend(List<Attempt> attempts, Instant now) {
        var actions = actions(attempts);
        if (sentAt == null || !actions.contains(ReferralAction.RESEND)) {
            throw refuse(actions);
        }
        return sentAgain(sentAt, now);
    }

    /** DOMAIN T15, as a whole. */
    Referral withdraw(List<Attempt> attempts, Instant now) {
        var actions = actions(attempts);
        if (!actions.contains(ReferralAction.WITHDRAW)) {
            throw refuse(actions);
        }
        return new Referral(
                id, version + 1, number, client, municipality, sender, content, sentAt, now, createdAt, now);
    }

    /** In another worker's hands: a draft, or what was sent with all that came of it. */
    Referral assign(Sender to, List<Attempt> attempts, Instant now) {
        var actions = actions(attempts);
        if (!actions.contains(ReferralAction.ASSIGN)) {
            throw refuse(actions);
        }
        return new Referral(
                id, version + 1, number, client, municipality, to, content, sentAt, withdrawnAt, createdAt, now);
    }

    void requireDraft() {
        if (sentAt != null) {
            throw notADraft(id);
        }
    }

    static Refusal notADraft(UUID id) {
        return new Refusal.Conflict(
                "not-a-draft", "Deze verwijzing is al verstuurd.", "%s is sent".formatted(id), Map.of());
    }

    /** The first row of DOMAIN §2's table that applies. */
    ReferralStatus status(List<Attempt> attempts) {
        if (withdrawnAt != null) {
            return ReferralStatus.WITHDRAWN;
        }
        if (attempts.isEmpty()) {
            return ReferralStatus.DRAFT;
        }
        if (attempts.stream().anyMatch(it -> it.status() == Status.INFORMATION_REQUESTED)
                || waitsForFollowUp(attempts)) {
            return ReferralStatus.ACTION_REFERRER;
        }
        if (isOpen(attempts)) {
            return ReferralStatus.ACTIVE;
        }
        return attempts.stream().anyMatch(it -> it.status() == Status.COMPLETED)
                ? ReferralStatus.COMPLETED
                : ReferralStatus.ENDED;
    }

    List<ReferralAction> actions(List<Attempt> attempts) {
        var status = status(attempts);
        return switch (status) {
            case DRAFT ->
                List.of(ReferralAction.EDIT, ReferralAction.SEND, ReferralAction.DELETE, ReferralAction.ASSIGN);
            case ACTION_REFERRER, ACTIVE, ENDED -> {
                var actions = new ArrayList<ReferralAction>();
                if (mayBeSentAgain(attempts)) {
                    actions.add(ReferralAction.RESEND);
                }
                if (status != ReferralStatus.ENDED) {
                    actions.add(ReferralAction.WITHDRAW);
                }
                actions.add(ReferralAction.ASSIGN);
                yield List.copyOf(actions);
            }
            case COMPLETED -> List.of(ReferralAction.ASSIGN);
            case WITHDRAWN -> List.of();
        };
    }

    /**
     * DOMAIN T16: something came back or is on a waitlist, and one attempt is open at a time; but for what is on a waitlist,
     * and in a crisis, where several are until somebody takes it.
     */
    private static boolean mayBeSentAgain(List<Attempt> attempts) {
        return attempts.stream().anyMatch(it -> isEndedWithoutHelp(it.status()) || it.status() == Status.WAITLISTED)
                && attempts.stream()
                        .filter(it -> it.status().isOpen())
                        .allMatch(it -> it.status() == Status.WAITLISTED
                                || (it.urgency() == Urgency.CRISIS && isUndecided(it.status())));
    }

    private static boolean isUndecided(Status status) {
        return switch (status) {
            case SENT, IN_REVIEW, INFORMATION_REQUESTED -> true;
            case ACCEPTED, WAITLISTED, STARTED, PAUSED, COMPLETED, ENDED_EARLY, RETURNED, FORWARDED, WITHDRAWN -> false;
        };
    }

    private static boolean isEndedWithoutHelp(Status status) {
        return status == Status.RETURNED || status == Status.WITHDRAWN || status == Status.ENDED_EARLY;
    }

    private static boolean isOpen(List<Attempt> attempts) {
        return attempts.stream().anyMatch(it -> it.status().isOpen());
    }

    /** Those that asked nothing of the referrer, or no longer do, are passed over: another that does must not be forgotten. */
    private static boolean waitsForFollowUp(List<Attempt> attempts) {
        return attempts.reversed().stream()
                .filter(it -> !it.followedUp())
                .findFirst()
                .filter(newest -> isEndedWithoutHelp(newest.status()))
                .isPresent();
    }

    private Referral sentAgain(Instant first, Instant now) {
        return new Referral(
                id, version + 1, number, client, municipality, sender, content, first, null, createdAt, now);
    }

    private Refusal refuse(List<ReferralAction> actions) {
        return new Refusal.Conflict(
                "transition-not-allowed",
                "Dit kan nu niet met deze verwijzing.",
                "not allowed for %s".formatted(id),
                Map.of("actions", actions));
    }
}
