package nl.wijkschakel.wrong.other;

import nl.wijkschakel.wrong.one.PublicController;

/** Depends on what depends on it. */
public final class Back {

    public PublicController controller() {
        return new PublicController();
    }
}
