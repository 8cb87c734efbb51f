package nl.wijkschakel.client.client;

import nl.wijkschakel.client.grant.Share;

/** A client that a caller may see, and how far. */
sealed interface Visible {

    Client client();

    /** Of the caller's own organisation: all of it. */
    record Own(Client client) implements Visible {}

    /** Of another's, shared for an attempt: the parts that were agreed. */
    record Shared(Client client, Share share) implements Visible {}
}
