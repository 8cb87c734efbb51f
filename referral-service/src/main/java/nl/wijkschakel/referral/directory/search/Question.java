package nl.wijkschakel.referral.directory.search;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import nl.wijkschakel.referral.directory.Capacity;
import nl.wijkschakel.referral.directory.Service;
import nl.wijkschakel.referral.directory.Theme;
import nl.wijkschakel.referral.directory.Urgency;
import nl.wijkschakel.referral.directory.Words;
import org.jspecify.annotations.Nullable;

/**
 * What is sought for somebody. Theme and municipality decide what is found at all; all else advises only: a person who
 * knows better chooses what does not quite fit (DOMAIN §2, "business rules advise").
 *
 * @param age years
 * @param language BCP 47
 * @param targetGroup whom it is for, in own words
 * @param maximumWaitWeeks longer is no help
 */
record Question(
        @Nullable Theme theme,
        @Nullable Integer age,
        @Nullable String language,
        @Nullable Urgency urgency,
        @Nullable String targetGroup,
        @Nullable Integer maximumWaitWeeks) {

    private static final Locale DUTCH = Locale.of("nl");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", DUTCH);

    /**
     * How a service of the theme and municipality that were asked answers it.
     *
     * @param own for whom the one who asks works, if for one organisation
     */
    Match match(Service service, LocalDate today, @Nullable UUID own) {
        var because = new ArrayList<Match.Reason>();
        var misfits = new ArrayList<Match.Reason>();
        var cautions = new ArrayList<Match.Reason>();
        if (theme != null) {
            because.add(new Match.Reason("THEME_FITS", "Past bij " + theme.words()));
        }
        because.add(new Match.Reason("MUNICIPALITY_FITS", "Werkt in uw gemeente"));
        if (age != null) {
            matchAge(age, service, because, misfits);
        }
        if (language != null) {
            matchLanguage(language, service, because, misfits);
        }
        if (targetGroup != null) {
            matchTargetGroup(Words.of(targetGroup), service, because, misfits, cautions);
        }
        if (urgency == Urgency.CRISIS) {
            matchCrisis(service, because, misfits);
        }
        matchCapacity(service.capacity(), because, misfits, cautions);
        if (maximumWaitWeeks != null) {
            matchWait(maximumWaitWeeks, service.capacity(), misfits, cautions);
        }
        if (service.capacity().isStale(today)) {
            var days = service.capacity().ageInDays(today);
            cautions.add(new Match.Reason(Match.OUTDATED, "De wachttijd is " + days + " dagen geleden bijgewerkt"));
        }
        var stopsOn = service.stopsOn();
        if (stopsOn != null) {
            cautions.add(new Match.Reason("STOPS", "Let op: stopt op " + DAY.format(stopsOn)));
        }
        if (service.organisation().equals(own)) {
            cautions.add(new Match.Reason("OWN_ORGANISATION", "Dit is aanbod van uw eigen organisatie"));
        }
        boolean fits = misfits.isEmpty();
        misfits.addAll(cautions);
        return new Match(service, fits, because, misfits);
    }

    private static void matchAge(int age, Service service, List<Match.Reason> because, List<Match.Reason> misfits) {
        var least = service.minimumAge();
        var most = service.maximumAge();
        if (least != null && age < least) {
            misfits.add(new Match.Reason("AGE_TOO_LOW", tooYoungOrOld(age, least, most)));
        } else if (most != null && age > most) {
            misfits.add(new Match.Reason("AGE_TOO_HIGH", tooYoungOrOld(age, least, most)));
        } else {
            because.add(new Match.Reason("AGE_FITS", "Voor " + ages(least, most)));
        }
    }

    private static String tooYoungOrOld(int age, @Nullable Integer least, @Nullable Integer most) {
        return "Let op: voor " + ages(least, most) + "; deze persoon is " + age;
    }

    private static String ages(@Nullable Integer least, @Nullable Integer most) {
        if (least == null) {
            return most == null ? "alle leeftijden" : "mensen tot en met " + most + " jaar";
        }
        if (most == null) {
            return least + " jaar en ouder";
        }
        return least.equals(most)
                ? "mensen van " + least + " jaar"
                : "mensen van " + least + " tot en met " + most + " jaar";
    }

    private static void matchLanguage(
            String language, Service service, List<Match.Reason> because, List<Match.Reason> misfits) {
        var asked = Locale.forLanguageTag(language);
        boolean spoken = service.languages().stream()
                .map(Locale::forLanguageTag)
                .anyMatch(it -> it.getLanguage().equals(asked.getLanguage()));
        var name = asked.getDisplayLanguage(DUTCH);
        if (spoken) {
            because.add(new Match.Reason("LANGUAGE_FITS", "Helpt in het " + name));
        } else {
            misfits.add(new Match.Reason(
                    "LANGUAGE_MISSING", "Let op: " + name + " staat niet bij de talen; regel een tolk"));
        }
    }

    /** Words say less than a code: what is not in them may fit all the same, so that is no misfit. */
    private static void matchTargetGroup(
            List<String> asked,
            Service service,
            List<Match.Reason> because,
            List<Match.Reason> misfits,
            List<Match.Reason> cautions) {
        var notFor = service.notFor();
        if (notFor != null && isIn(notFor, asked)) {
            misfits.add(new Match.Reason("NOT_FOR", "Let op: niet bedoeld voor: " + notFor));
        } else if (isIn(service.targetGroup(), asked)) {
            because.add(new Match.Reason("TARGET_GROUP_FITS", "Bedoeld voor: " + service.targetGroup()));
        } else {
            cautions.add(new Match.Reason(
                    "TARGET_GROUP_UNCLEAR", "Kijk of dit past; bedoeld voor: " + service.targetGroup()));
        }
    }

    private static boolean isIn(String text, List<String> asked) {
        var folded = Words.folded(text);
        return asked.stream().allMatch(folded::contains);
    }

    /** Where there is no room at all, that is said already. */
    private static void matchWait(
            int most, Capacity capacity, List<Match.Reason> misfits, List<Match.Reason> cautions) {
        var wait = capacity.waitWeeks();
        var longer = most + (most == 1 ? " week" : " weken");
        if (wait.from() > most) {
            misfits.add(new Match.Reason("WAIT_TOO_LONG", "Let op: wachten duurt langer dan " + longer));
        } else if (wait.to() > most) {
            cautions.add(new Match.Reason("WAIT_MAY_BE_TOO_LONG", "Let op: wachten kan langer duren dan " + longer));
        }
    }

    /** In a crisis people phone first, so the number is what they need. */
    private static void matchCrisis(Service service, List<Match.Reason> because, List<Match.Reason> misfits) {
        var phone = service.crisisPhone();
        if (phone == null) {
            misfits.add(new Match.Reason("NO_CRISIS_PHONE", "Let op: geen telefoonnummer voor een crisis"));
        } else {
            because.add(new Match.Reason("CRISIS_PHONE", "Bel bij een crisis eerst " + phone));
        }
    }

    /** Waiting is no misfit: it orders what is found. For who cannot wait it is one. */
    private void matchCapacity(
            Capacity capacity, List<Match.Reason> because, List<Match.Reason> misfits, List<Match.Reason> cautions) {
        var waitlist = new Match.Reason("WAITLIST", "Let op: " + wait(capacity.waitWeeks()));
        boolean waits = capacity.waitWeeks().to() > 0;
        switch (capacity.status()) {
            case HAS_CAPACITY -> {
                because.add(new Match.Reason("HAS_CAPACITY", "Heeft plek"));
                if (waits) {
                    (isPressing() ? misfits : cautions).add(waitlist);
                }
            }
            case WAITLIST -> (isPressing() ? misfits : cautions).add(waitlist);
            case NO_CAPACITY -> misfits.add(new Match.Reason("NO_CAPACITY", "Let op: heeft nu geen plek"));
            case ASSESSMENT_FIRST -> {
                cautions.add(new Match.Reason("ASSESSMENT_FIRST", "Let op: eerst is er een gesprek of dit past"));
                if (waits) {
                    (isPressing() ? misfits : cautions).add(waitlist);
                }
            }
        }
    }

    private boolean isPressing() {
        return urgency != null && urgency.isPressing();
    }

    private static String wait(Capacity.Weeks weeks) {
        int from = weeks.from();
        int to = weeks.to();
        if (to == 0) {
            return "er is een wachtlijst";
        }
        if (from == to) {
            return "wachttijd " + to + (to == 1 ? " week" : " weken");
        }
        return from == 0
                ? "wachttijd hoogstens " + to + (to == 1 ? " week" : " weken")
                : "wachttijd " + from + " tot " + to + " weken";
    }
}
