package nl.wijkschakel.referral.clock;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** What comes due without anybody's doing; one bean for each kind. {@link ClockJob} asks each in turn. */
public interface Clockwork {

    /** For the log and the metrics. */
    String name();

    /**
     * Raises what is due, each thing once, whoever else does the same at this moment.
     *
     * @param most how much of it
     */
    Round raise(int most);

    /** What is due and not raised yet. */
    Overdue overdue();

    /**
     * @param found how much was due; less than was asked for when nothing is left
     * @param failed how much of it was put off, because something is wrong with it
     */
    record Round(int found, int failed) {}

    /**
     * @param count up to {@link #MOST}
     * @param oldest since when the oldest is due; null where nothing is
     */
    record Overdue(long count, @Nullable Instant oldest) {

        public static final Overdue NOTHING = new Overdue(0, null);

        /** So far it is counted: a standstill is as clear then. */
        public static final int MOST = 10_000;
    }
}
