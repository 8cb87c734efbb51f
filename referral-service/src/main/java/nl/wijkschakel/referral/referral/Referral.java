package nl.wijkschakel.referral.referral;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.referral.attempt.Attempt;
import nl.wijkschakel.referral.attempt.Sender;
import nl.wijkschakel.referral.attempt.Status;
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
        WITHDRAW
    }

    static Referral draft(
            UUID id, String number, UUID client, String municipality, Sender sender, Content content, Instant now) {
        return new Referral(id, 1, number, client, municipality, sender, content, null, null, now, now);
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

    void requireDraft() {
        if (sentAt != null) {
            throw new Refusal.Conflict(
                    "not-a-draft",
                    "Deze verwijzing is al verstuurd.",
                    "%s is sent".formatted(id),
                    Map.of("actions", List.of()));
        }
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
                || waitsForFollowUp(attempts.getLast())) {
            return ReferralStatus.ACTION_REFERRER;
        }
        if (attempts.stream().anyMatch(it -> it.status().isOpen())) {
            return ReferralStatus.ACTIVE;
        }
        return attempts.stream().anyMatch(it -> it.status() == Status.COMPLETED)
                ? ReferralStatus.COMPLETED
                : ReferralStatus.ENDED;
    }

    List<ReferralAction> actions(List<Attempt> attempts) {
        return switch (status(attempts)) {
            case DRAFT -> List.of(ReferralAction.EDIT, ReferralAction.SEND, ReferralAction.DELETE);
            case ACTION_REFERRER ->
                isOpen(attempts)
                        ? List.of(ReferralAction.WITHDRAW)
                        : List.of(ReferralAction.RESEND, ReferralAction.WITHDRAW);
            case ACTIVE -> List.of(ReferralAction.WITHDRAW);
            case COMPLETED, ENDED, WITHDRAWN -> List.of();
        };
    }

    private static boolean isOpen(List<Attempt> attempts) {
        return attempts.stream().anyMatch(it -> it.status().isOpen());
    }

    private static boolean waitsForFollowUp(Attempt newest) {
        return !newest.followedUp() && (newest.status() == Status.RETURNED || newest.status() == Status.WITHDRAWN);
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
