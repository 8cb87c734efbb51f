package nl.wijkschakel.local;

import java.nio.file.Path;
import java.util.Optional;

/** A part that is small and Java: it runs in this JVM and holds nothing on disk, so that being killed is being stopped. */
abstract sealed class InsidePart extends Part permits BrpPart, MailPart {

    InsidePart(String name, String address) {
        super(name, address);
    }

    @Override
    public final void kill() {
        stop();
    }

    @Override
    public final Optional<Long> pid() {
        return Optional.empty();
    }

    @Override
    public final Optional<Path> log() {
        return Optional.empty();
    }

    @Override
    final String note() {
        return "in the launcher";
    }
}
