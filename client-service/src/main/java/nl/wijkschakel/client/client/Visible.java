package nl.wijkschakel.client.client;

import nl.wijkschakel.client.grant.Share;

/** A client that a caller may see, and how far. */
sealed interface Visible {

    Client client();

    /** Of the caller's own organisation: all of it. */
    record Own(Client client) implements Visible {}

    /**
     * Of another's, shared for an attempt: the parts that were agreed.
     *
     * @param frozen what had been shared when a consent was withdrawn (DOMAIN P3)
     */
    record Shared(Client client, Share share, SharedData frozen) implements Visible {

        /** All that may be seen of it now; who is guarded by now is guarded in what was shared before as well. */
        SharedData seen(PersonalData person) {
            boolean guarded = person.isGuarded() || share.guarded();
            return SharedData.of(person, share.parts(), guarded).or(guarded ? frozen.guarded() : frozen);
        }
    }
}
