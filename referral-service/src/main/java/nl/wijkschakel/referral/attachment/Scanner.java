package nl.wijkschakel.referral.attachment;

import java.io.IOException;
import java.io.InputStream;

/** Looks for viruses before anybody else can get at a file. */
interface Scanner {

    /** Whether there is one at all. */
    boolean isThere();

    /**
     * @return whether nothing was found
     * @throws IOException when it cannot be asked
     */
    boolean isClean(InputStream content) throws IOException;

    /** None: files are kept and say that nobody has looked. */
    final class None implements Scanner {
        @Override
        public boolean isThere() {
            return false;
        }

        @Override
        public boolean isClean(InputStream content) {
            return true;
        }
    }
}
