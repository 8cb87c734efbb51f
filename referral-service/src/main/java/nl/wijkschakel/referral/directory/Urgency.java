package nl.wijkschakel.referral.directory;

/** How soon help is needed (DOMAIN §2, code lists). */
public enum Urgency {
    ROUTINE("gewoon"),
    SOON("snel"),
    /** A decision on the same or the next working day. */
    URGENT("dringend"),
    /** By phone first; several services may be asked at once. */
    CRISIS("crisis");

    private final String words;

    Urgency(String words) {
        this.words = words;
    }

    /** In Dutch, as it stands in the middle of a sentence. */
    public String words() {
        return words;
    }

    /** Whether waiting weeks is no answer. */
    public boolean isPressing() {
        return switch (this) {
            case ROUTINE, SOON -> false;
            case URGENT, CRISIS -> true;
        };
    }
}
