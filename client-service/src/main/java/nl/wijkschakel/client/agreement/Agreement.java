package nl.wijkschakel.client.agreement;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.time.LocalDate;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Text;

/** That the client agrees with this referral to this receiver, or why it goes without (DOMAIN T2, P2). */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = Agreement.Agreed.class, name = "AGREED"),
    @JsonSubTypes.Type(value = Agreement.Excepted.class, name = "EXCEPTION")
})
sealed interface Agreement {

    enum How {
        SPOKEN,
        WRITTEN,
        BY_PHONE,
        DIGITAL
    }

    enum By {
        CLIENT,
        REPRESENTATIVE,
        CLIENT_AND_REPRESENTATIVE
    }

    enum Ground {
        SAFETY,
        INCAPACITY,
        AGE
    }

    /** @param pointer where it stands in the request */
    void check(String pointer, Errors errors, LocalDate today);

    record Agreed(How how, LocalDate on, By by) implements Agreement {
        @Override
        public void check(String pointer, Errors errors, LocalDate today) {
            errors.required(how != null, pointer + "/how");
            errors.required(on != null, pointer + "/on");
            errors.required(by != null, pointer + "/by");
            errors.addIf(
                    on != null && on.isAfter(today),
                    pointer + "/on",
                    "in-future",
                    "De instemming kan niet later zijn dan vandaag.");
        }
    }

    record Excepted(Ground exception, String motivation) implements Agreement {

        private static final int LONGEST_MOTIVATION = 4000;

        @Override
        public void check(String pointer, Errors errors, LocalDate today) {
            errors.required(exception != null, pointer + "/exception");
            errors.required(motivation != null, pointer + "/motivation");
            var wrong = motivation == null ? null : Text.Check.wrong(motivation, LONGEST_MOTIVATION);
            if (wrong != null) {
                errors.add(pointer + "/motivation", wrong.code(), wrong.detail());
            }
        }
    }
}
