package nl.wijkschakel.local.demo;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Something that somebody does with a referral. */
sealed interface Deed {

    /** The services to which it sends the referral. */
    default List<DemoDirectory.Service> asked() {
        return List.of();
    }

    /** @param whole whether all is written down at once */
    record Draft(boolean whole) implements Deed {}

    /** The rest of the draft. */
    record Edit() implements Deed {}

    /**
     * @param services who is asked; several in a crisis
     * @param agreedDaysBefore when the client agreed
     * @param exception why it goes without agreement; null where the client agrees
     * @param otherBasis why another legal basis holds than the service's own; null for the own
     */
    record Send(
            List<DemoDirectory.Service> services,
            int agreedDaysBefore,
            @Nullable String exception,
            @Nullable String otherBasis)
            implements Deed {

        @Override
        public List<DemoDirectory.Service> asked() {
            return services;
        }
    }

    record Resend(DemoDirectory.Service service, String whatChanged) implements Deed {

        @Override
        public List<DemoDirectory.Service> asked() {
            return List.of(service);
        }
    }

    record Claim(Staff by) implements Deed {}

    record PutBack(Staff by, String reason, String note) implements Deed {}

    record Ask(Staff by, String question, String why) implements Deed {}

    /** @param cannotShare why not; null with an answer */
    record Answer(String answer, @Nullable String cannotShare) implements Deed {}

    /** The receiver heard it by phone. */
    record HeardAnswer(Staff by, String answer, String from) implements Deed {}

    /** @param named whether a person is named, or the team until one is */
    record Accept(Staff by, boolean named, int firstContactInDays, String told) implements Deed {}

    /** @param advice the service that fits better; null with {@code noAdvice} */
    record GiveBack(
            Staff by,
            String reason,
            DemoDirectory.@Nullable Service advice,
            String noAdvice,
            String note,
            boolean toldByReferrer)
            implements Deed {}

    record Start(Staff by, String kind) implements Deed {}

    /** @param results one for each goal */
    record Complete(
            Staff by,
            String outcome,
            List<String> results,
            @Nullable String feedback,
            @Nullable String aftercare,
            @Nullable String stepDown)
            implements Deed {}

    /** The attempt only. */
    record Withdraw(String reason, String note) implements Deed {}

    record WithdrawWhole(String reason, String note) implements Deed {}
}
