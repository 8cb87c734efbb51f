package nl.wijkschakel.client.client;

/** What a look at the own organisation's clients is for; the receiver's is the legal basis of the grant. */
final class Purpose {

    static final String REGISTRATION = "client-registration";
    static final String FILE = "client-file";
    static final String SEARCH = "client-search";
    static final String LIST = "client-list";

    private Purpose() {}
}
