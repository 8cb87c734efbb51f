package nl.wijkschakel.kit;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.util.UUID;

/** Ids that sort by the moment they were made (UUIDv7, RFC 9562), so that an index on them grows at one end. */
public final class TimeOrderedIds {

    /** One for all: only a shared generator counts up within a millisecond. */
    private static final TimeBasedEpochGenerator GENERATOR = Generators.timeBasedEpochGenerator();

    public static UUID next() {
        return GENERATOR.generate();
    }

    private TimeOrderedIds() {}
}
