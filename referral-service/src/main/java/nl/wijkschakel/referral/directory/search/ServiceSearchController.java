package nl.wijkschakel.referral.directory.search;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Clock;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Collectors;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.kit.web.Errors;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
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

    /** Above any municipality's number of services; a bound all the same. */
    private static final int MOST_COMPARED = 5_000;

    private static final int OLDEST = 130;
    private static final int LONGEST_TEXT = 100;
    private static final int LONGEST_WAIT = 520;

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
            @Nullable String text,
            @Nullable String targetGroup,
            @Nullable Integer maximumWaitWeeks) {

        void check() {
            var errors = new Errors();
            var checks = new Checks(errors);
            checks.between(age, 0, OLDEST, "/age");
            checks.municipality(municipality, "/municipality");
            checks.optionalLanguage(language, "/language");
            checks.optionalText(text, "/text", LONGEST_TEXT);
            checks.optionalText(targetGroup, "/targetGroup", LONGEST_TEXT);
            checks.between(maximumWaitWeeks, 0, LONGEST_WAIT, "/maximumWaitWeeks");
            errors.refuse();
        }
    }

    /**
     * @param more there are others, which are not shown
     * @param next the cursor for those
     */
    @JsonInclude(JsonInclude.Include.NON_DEFAULT)
    record Found(
            @JsonInclude(JsonInclude.Include.ALWAYS) List<Item> items,
            boolean more,
            @Nullable String next) {}

    /**
     * @param organisationName whose service it is
     * @param own it is the organisation's for which the one who asks works
     */
    record Item(
            Service service,
            String organisationName,
            @JsonInclude(JsonInclude.Include.NON_DEFAULT) boolean own,
            boolean fits,
            List<Match.Reason> because,
            List<Match.Reason> warnings) {}

    @PostMapping("/v1/service-searches")
    Found searchServices(@RequestBody Form form, Paging paging, Caller caller) {
        form.check();
        var question = new Question(
                form.theme(), form.age(), form.language(), form.urgency(), form.targetGroup(), form.maximumWaitWeeks());
        var today = Capacity.today(clock);
        var ranked = directory
                .services(
                        Objects.requireNonNull(form.municipality()),
                        form.theme(),
                        Objects.requireNonNullElse(form.text(), ""),
                        MOST_COMPARED)
                .stream()
                .filter(service -> service.takesReferrals(today))
                .map(service -> question.match(service, today, caller.chosen()))
                .sorted(Match.NEUTRAL)
                .toList();
        int first = first(ranked, paging.after());
        var page = Page.of(
                ranked.stream().skip(first).limit(paging.limit() + 1L).toList(),
                paging.limit(),
                last -> new Cursor(first + paging.limit(), last.service().id()));
        return new Found(items(page.items(), caller.chosen()), page.next() != null, page.next());
    }

    /** After the last that was shown, wherever it is by now; if it is gone, after as many as were shown. */
    private static int first(List<Match> ranked, @Nullable Cursor after) {
        if (after == null) {
            return 0;
        }
        for (int i = 0; i < ranked.size(); i++) {
            if (ranked.get(i).service().id().equals(after.id())) {
                return i + 1;
            }
        }
        return (int) Math.min(after.position(), ranked.size());
    }

    private List<Item> items(List<Match> matches, @Nullable UUID own) {
        var organisations = directory.organisations(
                matches.stream().map(it -> it.service().organisation()).collect(Collectors.toSet()));
        return matches.stream()
                .map(it -> new Item(
                        it.service(),
                        name(organisations.get(it.service().organisation())),
                        it.service().organisation().equals(own),
                        it.fits(),
                        it.because(),
                        it.warnings()))
                .toList();
    }

    private static String name(@Nullable Organisation organisation) {
        return organisation == null ? "onbekend" : organisation.name();
    }
}
