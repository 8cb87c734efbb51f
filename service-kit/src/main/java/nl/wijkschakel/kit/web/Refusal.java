package nl.wijkschakel.kit.web;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Every way a request can fail for a reason the caller can act on. Anything else is a bug or an outage. */
public abstract sealed class Refusal extends RuntimeException {

    private final String type;
    private final String title;

    private Refusal(String type, String title, String detail) {
        super(detail, null, false, false);
        this.type = type;
        this.title = title;
    }

    /** The last part of the problem's type: lower case, with dashes. */
    public String type() {
        return type;
    }

    /** A sentence in Dutch for the person who asked. */
    public String title() {
        return title;
    }

    /** Ids and states, never a value that was sent. */
    public String detail() {
        return String.valueOf(getMessage());
    }

    /** 400: the request itself is wrong; every error is named. */
    public static final class Invalid extends Refusal {
        private final transient List<FieldError> errors;

        public Invalid(List<FieldError> errors) {
            super("invalid", "Niet alles is goed ingevuld.", "");
            this.errors = List.copyOf(errors);
        }

        public Invalid(String type, String title) {
            super(type, title, "");
            this.errors = List.of();
        }

        public List<FieldError> errors() {
            return errors;
        }
    }

    /** 403: not with this role, whatever the record. */
    public static final class Forbidden extends Refusal {
        public Forbidden(String type, String title) {
            super(type, title, "");
        }
    }

    /** 404: it is not there, or not for this caller (DOMAIN P5: nobody can tell which). */
    public static final class Unknown extends Refusal {
        public Unknown() {
            super("unknown", "Dit is niet gevonden, of het is niet voor u.", "");
        }
    }

    /** 409: not as things stand now. */
    public static final class Conflict extends Refusal {
        private final transient Map<String, Object> more;

        public Conflict(String type, String title, String detail, Map<String, Object> more) {
            super(type, title, detail);
            this.more = Map.copyOf(more);
        }

        public Map<String, Object> more() {
            return more;
        }
    }

    /** 412: somebody else changed it since the caller looked. */
    public static final class Stale extends Refusal {
        public Stale() {
            super("stale", "Iemand anders heeft dit net gewijzigd. Bekijk het opnieuw.", "");
        }
    }

    /** 413: larger than anything a person would send. */
    public static final class TooLarge extends Refusal {
        public TooLarge() {
            super("too-large", "Dit bericht is te groot.", "");
        }
    }

    /** 428: a change must say which version it changes. */
    public static final class VersionRequired extends Refusal {
        public VersionRequired() {
            super("if-match-required", "Zeg welke versie u wijzigt (header If-Match).", "");
        }
    }

    /** 503: a part that is needed is away; the same request may succeed later. */
    public static final class Unavailable extends Refusal {
        private final Duration retryAfter;

        public Unavailable(String type, String title, Duration retryAfter) {
            super(type, title, "");
            this.retryAfter = retryAfter;
        }

        public Duration retryAfter() {
            return retryAfter;
        }
    }
}
