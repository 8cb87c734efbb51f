package nl.wijkschakel.referral.attempt;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Where an attempt stands. Each record holds the data that exists in that state; names are stored, never rename one. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "status")
@JsonInclude(JsonInclude.Include.NON_NULL)
public sealed interface AttemptState {

    /** Since when. */
    Instant at();

    /** Nobody of the receiver has taken it up. */
    @JsonTypeName("SENT")
    record Sent(Instant at) implements AttemptState {}

    @JsonTypeName("IN_REVIEW")
    record InReview(Worker worker, Instant at) implements AttemptState {}

    /** @param decisionDaysLeft working days of the receiver's own term, which stands still meanwhile */
    @JsonTypeName("INFORMATION_REQUESTED")
    record InformationRequested(Worker worker, String question, String why, int decisionDaysLeft, Instant at)
            implements AttemptState {}

    @JsonTypeName("ACCEPTED")
    record Accepted(Worker worker, Contact contact, LocalDate firstContactOn, ClientTold clientTold, Instant at)
            implements AttemptState {}

    /**
     * Help will come, not yet (DOMAIN T7).
     *
     * @param reason in words, for the referrer and the client
     * @param contactDue when whoever keeps contact speaks with the client again at the latest
     */
    @JsonTypeName("WAITLISTED")
    record Waitlisted(
            Worker worker,
            Expectation expectation,
            String reason,
            Keeper keeper,
            Teller clientToldBy,
            Instant contactDue,
            Instant at)
            implements AttemptState {}

    @JsonTypeName("STARTED")
    record Started(Worker worker, Contact contact, LocalDate on, FirstContact kind, Instant at)
            implements AttemptState {}

    /**
     * Help stands still for a while (DOMAIN T11).
     *
     * @param on when it had started, and {@code kind} how
     * @param reviewOn when receiver and client look again
     */
    @JsonTypeName("PAUSED")
    record Paused(
            Worker worker,
            Contact contact,
            LocalDate on,
            FirstContact kind,
            Wish wish,
            String reason,
            LocalDate reviewOn,
            Instant at)
            implements AttemptState {}

    /**
     * @param outcome null only in what the referrer is told, where the client agrees to no more
     * @param feedback only where the client agrees; else the referrer knows that help ended and no more
     */
    @JsonTypeName("COMPLETED")
    record Completed(
            Worker worker,
            @Nullable Outcome outcome,
            List<GoalResult> goals,
            boolean clientAgreesToFeedback,
            @Nullable String feedback,
            @Nullable String aftercare,
            @Nullable String stepDown,
            Instant at)
            implements AttemptState {

        /** What is left where the client agrees to no more (DOMAIN T12). */
        Completed onlyThatHelpEnded() {
            return new Completed(worker, null, List.of(), false, null, null, null, at);
        }
    }

    /** Help ended before the goals were looked at together, or never began (DOMAIN T13). */
    @JsonTypeName("ENDED_EARLY")
    record EndedEarly(
            Worker worker, EarlyEndReason reason, @Nullable String note, Instant at) implements AttemptState {}

    /** @param worker who decided; the reason is a code, and the advice says what now */
    @JsonTypeName("RETURNED")
    record Returned(
            Worker worker,
            ReturnReason reason,
            Advice advice,
            @Nullable String note,
            Teller clientToldBy,
            Instant at) implements AttemptState {}

    /**
     * @param worker who decided
     * @param service whom it was sent on to
     * @param attempt the one that took its place
     */
    @JsonTypeName("FORWARDED")
    record Forwarded(Worker worker, UUID service, UUID attempt, String reason, Instant at) implements AttemptState {}

    /** @param worker who had it in hand, and hears of it; null where nobody had */
    @JsonTypeName("WITHDRAWN")
    record Withdrawn(
            @Nullable Worker worker,
            WithdrawalReason reason,
            @Nullable String note,
            Instant at) implements AttemptState {}

    default Status status() {
        return switch (this) {
            case Sent _ -> Status.SENT;
            case InReview _ -> Status.IN_REVIEW;
            case InformationRequested _ -> Status.INFORMATION_REQUESTED;
            case Accepted _ -> Status.ACCEPTED;
            case Waitlisted _ -> Status.WAITLISTED;
            case Started _ -> Status.STARTED;
            case Paused _ -> Status.PAUSED;
            case Completed _ -> Status.COMPLETED;
            case EndedEarly _ -> Status.ENDED_EARLY;
            case Returned _ -> Status.RETURNED;
            case Forwarded _ -> Status.FORWARDED;
            case Withdrawn _ -> Status.WITHDRAWN;
        };
    }

    /** Who of the receiver has it in hand, or had. */
    default @Nullable Worker worker() {
        return switch (this) {
            case InReview it -> it.worker();
            case InformationRequested it -> it.worker();
            case Accepted it -> it.worker();
            case Waitlisted it -> it.worker();
            case Started it -> it.worker();
            case Paused it -> it.worker();
            case Completed it -> it.worker();
            case EndedEarly it -> it.worker();
            case Returned it -> it.worker();
            case Forwarded it -> it.worker();
            case Withdrawn it -> it.worker();
            case Sent _ -> null;
        };
    }

    /** Whom the client and the referrer can ask, once that was said. */
    default @Nullable Contact contactPerson() {
        return switch (this) {
            case Accepted it -> it.contact();
            case Started it -> it.contact();
            case Paused it -> it.contact();
            case Sent _,
                    InReview _,
                    InformationRequested _,
                    Waitlisted _,
                    Completed _,
                    EndedEarly _,
                    Returned _,
                    Forwarded _,
                    Withdrawn _ -> null;
        };
    }

    /** The same in another worker's hands; as it is where nobody has it in hand any more, or yet. */
    default AttemptState handledBy(Worker next) {
        return switch (this) {
            case InReview it -> new InReview(next, it.at());
            case InformationRequested it ->
                new InformationRequested(next, it.question(), it.why(), it.decisionDaysLeft(), it.at());
            case Accepted it -> new Accepted(next, it.contact(), it.firstContactOn(), it.clientTold(), it.at());
            case Waitlisted it ->
                new Waitlisted(
                        next, it.expectation(), it.reason(), it.keeper(), it.clientToldBy(), it.contactDue(), it.at());
            case Started it -> new Started(next, it.contact(), it.on(), it.kind(), it.at());
            case Paused it ->
                new Paused(next, it.contact(), it.on(), it.kind(), it.wish(), it.reason(), it.reviewOn(), it.at());
            case Sent _, Completed _, EndedEarly _, Returned _, Forwarded _, Withdrawn _ -> this;
        };
    }

    /** The same with somebody else to ask; as it is where nobody is named. */
    default AttemptState askedOf(Contact next) {
        return switch (this) {
            case Accepted it -> new Accepted(it.worker(), next, it.firstContactOn(), it.clientTold(), it.at());
            case Started it -> new Started(it.worker(), next, it.on(), it.kind(), it.at());
            case Paused it ->
                new Paused(it.worker(), next, it.on(), it.kind(), it.wish(), it.reason(), it.reviewOn(), it.at());
            case Sent _,
                    InReview _,
                    InformationRequested _,
                    Waitlisted _,
                    Completed _,
                    EndedEarly _,
                    Returned _,
                    Forwarded _,
                    Withdrawn _ -> this;
        };
    }

    /** Whom the client and the referrer can ask: a named person, or a team until a name follows (DOMAIN T6). */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonInclude(JsonInclude.Include.NON_NULL)
    sealed interface Contact {

        @JsonTypeName("PERSON")
        @Schema(name = "ContactPerson")
        record Person(
                String name,
                @Nullable String phone,
                @Nullable String email) implements Contact {}

        @JsonTypeName("TEAM")
        @Schema(name = "ContactTeam")
        record Team(String team, String phone, LocalDate nameFollowsOn) implements Contact {}
    }

    /** What now: another service, or none and why (DOMAIN T9). */
    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    sealed interface Advice {

        @JsonTypeName("SERVICE")
        @Schema(name = "AdviceService")
        record Service(UUID service) implements Advice {}

        @JsonTypeName("NONE")
        @Schema(name = "AdviceNone")
        record None(String why) implements Advice {}
    }

    enum Teller {
        RECEIVER,
        REFERRER
    }

    enum Channel {
        PHONE,
        LETTER,
        EMAIL,
        VISIT,
        IN_PERSON
    }

    /** By whom and how the client hears of it. */
    record ClientTold(Teller by, Channel how) {}

    /** What somebody who waits was told to expect: weeks from the day it was said; both ends count. */
    record Expectation(int from, int to, Instant givenAt) {}

    /**
     * Who stays in touch with the client meanwhile: a named person of that side.
     *
     * @param everyWeeks how often
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Keeper(Teller by, String name, @Nullable String phone, int everyWeeks) {}

    /** Who wanted the pause: the client sets the pace, so on the client's wish every clock stands still. */
    enum Wish {
        CLIENT,
        RECEIVER,
        TOGETHER
    }

    enum FirstContact {
        VISIT,
        PHONE,
        VIDEO,
        AT_OFFICE,
        GROUP
    }

    /** DOMAIN §2, code lists. */
    enum Outcome {
        GOAL_REACHED,
        PARTLY_REACHED,
        NOT_REACHED,
        QUESTION_CHANGED,
        HANDED_OVER,
        STEPPED_DOWN_TO_WIJKTEAM
    }

    /** @param goal its place in the request's list, from 0 */
    record GoalResult(int goal, Result result) {

        public enum Result {
            REACHED,
            PARTLY,
            NOT_REACHED,
            CHANGED
        }
    }

    /** DOMAIN §2, code lists; "own strength" alone is never on offer. */
    enum ReturnReason {
        NO_CAPACITY(true),
        OUTSIDE_TARGET_GROUP(true),
        OUTSIDE_AREA(true),
        INSUFFICIENT_INFORMATION(false),
        LIGHTER_HELP_FITS(false),
        HEAVIER_HELP_NEEDED(false),
        OTHER_EXPERTISE(true),
        ALREADY_IN_CARE(false),
        SAFETY_FIRST(false),
        CLIENT_DECLINES(false),
        CLIENT_NOT_REACHED(false),
        OTHER(false);

        private final boolean seenFromCoreData;

        ReturnReason(boolean seenFromCoreData) {
            this.seenFromCoreData = seenFromCoreData;
        }

        /** Whether it can be known without reading more than the core data (DOMAIN T9 from SENT). */
        boolean isSeenFromCoreData() {
            return seenFromCoreData;
        }
    }

    enum WithdrawalReason {
        CLIENT_DECLINES,
        JOINTLY,
        HELP_FOUND,
        QUESTION_CHANGED,
        MOVED,
        DECEASED,
        OTHER
    }

    /** DOMAIN §2, code lists. */
    enum EarlyEndReason {
        CLIENT_STOPPED,
        CLIENT_NOT_REACHED,
        MOVED,
        DECEASED,
        OTHER_HELP,
        PROVIDER_CANNOT_CONTINUE
    }

    enum PutBackReason {
        WRONG_PERSON,
        KNOWS_CLIENT,
        OTHER
    }
}
