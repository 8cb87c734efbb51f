package nl.wijkschakel.referral.directory;

import java.util.List;
import java.util.UUID;

/** What the directory lists. */
sealed interface Entry permits Organisation, Team, Service {

    UUID id();

    /** Rises with each change; the entry's ETag. */
    long version();

    String name();

    /** Where it lies; the admins of these keep it up to date. */
    List<String> municipalities();
}
