package nl.wijkschakel.referral.directory.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.referral.directory.Capacity;
import nl.wijkschakel.referral.directory.Checks;
import nl.wijkschakel.referral.directory.Directory;
import nl.wijkschakel.referral.directory.Organisation;
import nl.wijkschakel.referral.directory.Readers;
import nl.wijkschakel.referral.directory.Service;
import nl.wijkschakel.referral.directory.Theme;
import nl.wijkschakel.referral.directory.Urgency;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/** A POST, since an age and a language beside a place may say too much for an address (STANDARDS §1). */
@RestController
@Readers
final class ServiceSearchController {

    /** More nobody reads; who sees them all narrows the search. */
    private static final int MOST_SHOWN = 100;

    /** Above any municipality's number of services; a bound all the same. */
    private static final int MOST_COMPARED = 5_000;

    private static final int OLDEST = 130;
    private static final int LONGEST_TEXT = 100;

    private final Directory directory;
    private final Clock clock;

    ServiceSearchController(Directory directory, Clock clock) {
        this.directory = directory;
        this.clock = clock;
    }

    /** What is sought, as it was filled in. */
    @Schema(name = "ServiceSearch")
    record Form(
            @Nullable Theme theme,
            @Nullable Integer age,
            @Nullable String municipality,
            @Nullable String language,
            @Nullable Urgency urgency,
            @Nullable String text) {

        void check() {
            var errors = new Errors();
            var checks = new Checks(errors);
            checks.between(age, 0, OLDEST, "/age");
            checks.municipality(municipality, "/municipality");
            checks.optionalLanguage(language, "/language");
            checks.optionalText(text, "/text", LONGEST_TEXT);
            errors.refuse();
        }
    }

    /** @param more there are others, which are not shown */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Found(@JsonInclude(JsonInclude.Include.ALWAYS) List<Item> items, boolean more) {}

    /** @param organisationName whose service it is */
    record Item(
            Service service,
            String organisationName,
            boolean fits,
            List<Match.Reason> because,
            List<Match.Reason> warnings) {}

    @PostMapping("/v1/service-searches")
    Found searchServices(@RequestBody Form form) {
        form.check();
        var question = new Question(form.theme(), form.age(), form.language(), form.urgency());
        var today = Capacity.today(clock);
        var candidates = directory.services(
                Objects.requireNonNull(form.municipality()),
                form.theme(),
                Objects.requireNonNullElse(form.text(), ""),
                MOST_COMPARED);
        var best = candidates.stream()
                .map(service -> question.match(service, today))
                .sorted(Match.NEUTRAL)
                .limit(MOST_SHOWN)
                .toList();
        return new Found(items(best), candidates.size() > best.size());
    }

    private List<Item> items(List<Match> matches) {
        var organisations = directory.organisations(
                matches.stream().map(it -> it.service().organisation()).collect(Collectors.toSet()));
        return matches.stream()
                .map(it -> new Item(
                        it.service(),
                        name(organisations.get(it.service().organisation())),
                        it.fits(),
                        it.because(),
                        it.warnings()))
                .toList();
    }

    private static String name(@Nullable Organisation organisation) {
        return organisation == null ? "onbekend" : organisation.name();
    }
}
