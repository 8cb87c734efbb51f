package nl.wijkschakel.client.consent;

import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import nl.wijkschakel.client.client.PersonalData;
import nl.wijkschakel.client.consent.Consent.By;
import nl.wijkschakel.client.consent.Consent.Giver;
import nl.wijkschakel.client.consent.Consent.Scope;
import nl.wijkschakel.client.grant.SharedPart;
import nl.wijkschakel.kit.web.Consistent;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Text;
import org.jspecify.annotations.Nullable;

/** A consent as it is written down. */
record NewConsent(
        @NotNull @Pattern(regexp = "[A-Za-z0-9][A-Za-z0-9._-]{0,49}")
        String textVersion,

        @NotNull Instant givenAt,
        @NotNull @Valid GiverBody giver,
        @NotNull @Valid ScopeBody scope) {

    @Consistent
    record GiverBody(
            @NotNull By by,
            @Nullable @Text(max = PersonalData.LONGEST_NAME) String representative) implements Consistent.Checked {

        @Override
        public void check(Errors errors) {
            errors.addIf(
                            by != null && by != By.CLIENT && representative == null,
                            "/representative",
                            "required",
                            "Zeg welke vertegenwoordiger toestemming gaf.")
                    .addIf(
                            by == By.CLIENT && representative != null,
                            "/representative",
                            "not-expected",
                            "De cliënt gaf zelf toestemming, dus er is geen vertegenwoordiger.");
        }

        Giver giver() {
            return new Giver(by, representative);
        }
    }

    record ScopeBody(
            @NotNull UUID receiver,
            @Nullable UUID service,
            @NotEmpty Set<@NotNull SharedPart> data) {

        Scope scope() {
            return new Scope(receiver, service, data);
        }
    }

    /** Nobody has consented yet to what is to come. */
    void check(Instant now) {
        new Errors()
                .addIf(
                        givenAt.isAfter(now),
                        "/givenAt",
                        "in-future",
                        "De toestemming kan niet later gegeven zijn dan nu.")
                .refuse();
    }
}
