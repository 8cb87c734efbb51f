package nl.wijkschakel.client.agreement;

import nl.wijkschakel.client.grant.LegalBasis;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Text;

/**
 * Why a receiver may read on what it had been told when the client withdrew the consent (DOMAIN P3). It holds after
 * {@link #check}.
 *
 * @param legalBasis a law, or somebody's life; consent is what was withdrawn
 */
record OwnBasis(LegalBasis legalBasis, String reason) {

    private static final int LONGEST_REASON = 4000;

    void check() {
        var errors = new Errors()
                .required(legalBasis != null, "/legalBasis")
                .addIf(
                        legalBasis == LegalBasis.CONSENT,
                        "/legalBasis",
                        "withdrawn",
                        "De cliënt heeft de toestemming ingetrokken. Kies een andere wettelijke reden.")
                .required(reason != null, "/reason");
        var wrong = reason == null ? null : Text.Check.wrong(reason, LONGEST_REASON);
        if (wrong != null) {
            errors.add("/reason", wrong.code(), wrong.detail());
        }
        errors.refuse();
    }
}
