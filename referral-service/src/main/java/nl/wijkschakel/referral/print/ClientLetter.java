package nl.wijkschakel.referral.print;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import nl.wijkschakel.referral.attempt.Attempt;
import nl.wijkschakel.referral.attempt.AttemptState.Accepted;
import nl.wijkschakel.referral.attempt.AttemptState.Completed;
import nl.wijkschakel.referral.attempt.AttemptState.Contact;
import nl.wijkschakel.referral.attempt.AttemptState.EndedEarly;
import nl.wijkschakel.referral.attempt.AttemptState.Expectation;
import nl.wijkschakel.referral.attempt.AttemptState.Forwarded;
import nl.wijkschakel.referral.attempt.AttemptState.InReview;
import nl.wijkschakel.referral.attempt.AttemptState.InformationRequested;
import nl.wijkschakel.referral.attempt.AttemptState.Paused;
import nl.wijkschakel.referral.attempt.AttemptState.Returned;
import nl.wijkschakel.referral.attempt.AttemptState.Sent;
import nl.wijkschakel.referral.attempt.AttemptState.Started;
import nl.wijkschakel.referral.attempt.AttemptState.Waitlisted;
import nl.wijkschakel.referral.attempt.AttemptState.Withdrawn;
import nl.wijkschakel.referral.attempt.Request;
import nl.wijkschakel.referral.clients.Person;
import nl.wijkschakel.referral.directory.LegalBasis;
import nl.wijkschakel.referral.directory.Organisation;
import nl.wijkschakel.referral.directory.Service;
import nl.wijkschakel.referral.directory.Team;
import org.jspecify.annotations.Nullable;

/**
 * What a client is told of a referral, in plain Dutch (B1): what is shared with whom and why, what happens next, and where
 * to complain. The referrer hands it over or sends it in the safe way, so it has no address of the client's (DOMAIN P9,
 * P10); the names of others are left out (P20), and where the help is given too (P11).
 */
record ClientLetter(
        Attempt attempt,
        Person person,
        Organisation sender,
        Team team,
        Organisation receiver,
        Service service,
        LocalDate today) {

    Paper paper() {
        var paper = new Paper("Brief over uw hulpvraag")
                .text(sender.name() + ", " + team.name() + "\nTelefoon " + team.phone())
                .text(Dutch.day(today) + "\nKenmerk: " + attempt.number())
                .title("Wij hebben hulp voor u gevraagd")
                .text("Beste "
                        + (person.name() == null ? "cliënt" : person.name().full()) + ",")
                .text("Op " + Dutch.day(attempt.createdAt()) + " hebben wij uw vraag om hulp gestuurd naar "
                        + receiver.name() + ". Het gaat om: " + service.name()
                        + ". In deze brief leest u wat wij hebben gedeeld, waarom dat mag en wat er nu gebeurt.")
                .heading("Wat hebben wij gevraagd?")
                .quote(attempt.request().question());
        if (!attempt.request().goals().isEmpty()) {
            paper.text("Dit wilt u bereiken:").list(attempt.request().goals());
        }
        return paper.heading("Wat hebben wij gedeeld?")
                .text(receiver.name() + " kan dit pas lezen als iemand daar uw vraag in behandeling neemt:")
                .list(shared())
                .heading("Waarom mag dat?")
                .text(agreed())
                .text(basis())
                .heading("Wat gebeurt er nu?")
                .list(next())
                .heading("Wat mag u?")
                .list(List.of(
                        "U mag altijd nee zeggen tegen deze hulp. U kunt daarna gewoon weer hulp vragen.",
                        "U mag weten wat er over u is opgeschreven, en wie ernaar heeft gekeken.",
                        "Klopt er iets niet? Dan mag u vragen om dat te verbeteren.",
                        "Bel daarvoor " + team.name() + ": " + team.phone() + "."))
                .heading("Bent u niet tevreden?")
                .text("Vertel het ons. Wij zoeken samen met u naar een oplossing. U kunt ook een klacht indienen:")
                .list(Stream.of(sender, receiver)
                        .distinct()
                        .map(ClientLetter::complaints)
                        .toList())
                .text("Met vriendelijke groet,\n" + sender.name() + ", " + team.name());
    }

    private List<String> shared() {
        var request = attempt.request();
        var parts = new ArrayList<String>();
        parts.add("uw vraag" + (request.goals().isEmpty() ? "" : " en wat u wilt bereiken"));
        addIf(parts, request.situation(), "wat wij over uw situatie hebben opgeschreven");
        addIf(parts, request.tried(), "wat er al is geprobeerd");
        addIf(parts, request.doubts(), "waar u over twijfelt");
        request.sharedData().forEach(it -> parts.add("uw " + Dutch.of(it)));
        parts.add("bijlagen en berichten die bij deze vraag horen, als die er zijn");
        return parts;
    }

    private static void addIf(List<String> parts, @Nullable String told, String what) {
        if (told != null) {
            parts.add(what);
        }
    }

    private String agreed() {
        var agreement = attempt.request().agreement();
        return switch (agreement.kind()) {
            case AGREED -> {
                var on = Dutch.day(Objects.requireNonNull(agreement.on()));
                yield switch (Objects.requireNonNull(agreement.by())) {
                    case CLIENT -> "Op " + on + " hebt u gezegd dat wij dit mogen delen.";
                    case REPRESENTATIVE -> "Op " + on + " heeft uw vertegenwoordiger gezegd dat wij dit mogen delen.";
                    case CLIENT_AND_REPRESENTATIVE ->
                        "Op " + on + " hebben u en uw vertegenwoordiger gezegd dat wij dit mogen delen.";
                };
            }
            case EXCEPTION ->
                "Wij hebben dit gedeeld zonder dat u het goed hebt gevonden. Dat mag alleen bij uitzondering. "
                        + switch (Objects.requireNonNull(agreement.exception())) {
                            case SAFETY -> "Wij deden het voor de veiligheid.";
                            case INCAPACITY -> "Wij deden het omdat iemand op dat moment niet zelf kon kiezen.";
                            case AGE -> "Wij deden het vanwege de leeftijd.";
                        };
        };
    }

    private String basis() {
        var because = "Wij mogen deze gegevens delen om u te helpen. De reden in de wet is: "
                + attempt.legalBasis().words() + ".";
        return attempt.legalBasis() == LegalBasis.CONSENT
                ? because + " U mag uw toestemming altijd intrekken. Bel dan " + team.name() + "."
                : because;
    }

    private List<String> next() {
        var who = receiver.name();
        var us = "Tot de hulp begint, blijven wij uw aanspreekpunt. Bel ons als u vragen hebt: " + team.phone() + ".";
        return switch (attempt.state()) {
            case Sent _, InReview _ -> List.of(decides(who), waits(), us);
            case InformationRequested _ ->
                List.of(who + " heeft ons iets gevraagd. Wij geven antwoord. " + decides(who), waits(), us);
            case Accepted it ->
                List.of(
                        who + " kan u helpen.",
                        "U hoort van " + contact(it.contact()) + ". Het eerste contact is rond "
                                + Dutch.day(it.firstContactOn()) + ".",
                        us);
            case Waitlisted it ->
                List.of(
                        who + " kan u helpen, maar u moet wachten. " + expected(it.expectation()),
                        it.keeper().name() + " houdt contact met u zolang u wacht, elke "
                                + (it.keeper().everyWeeks() == 1
                                        ? "week."
                                        : it.keeper().everyWeeks() + " weken."),
                        us);
            case Paused it ->
                List.of(
                        "De hulp van " + who + " staat even stil. Op " + Dutch.day(it.reviewOn()) + " bekijkt " + who
                                + " met u hoe het verder gaat.",
                        "Hebt u vragen? Vraag het aan " + contact(it.contact()) + ".");
            case Started it ->
                List.of(
                        "De hulp van " + who + " is begonnen.",
                        "Hebt u vragen? Vraag het aan " + contact(it.contact()) + ".");
            case EndedEarly _ -> List.of("De hulp van " + who + " is gestopt. Wilt u weer hulp? Bel ons.");
            case Completed _ -> List.of("De hulp van " + who + " is klaar. Hebt u nog een vraag? Bel ons.");
            case Returned _ -> List.of(who + " kan u nu niet helpen. Wij kijken samen met u wat wel past.", us);
            case Forwarded _ ->
                List.of(who + " heeft uw vraag met uw toestemming doorgestuurd naar een andere organisatie.", us);
            case Withdrawn _ -> List.of("Deze aanvraag is gestopt. " + who + " kan uw gegevens niet meer lezen.", us);
        };
    }

    private String decides(String who) {
        return who + " laat ons uiterlijk op " + Dutch.lastDay(attempt.decisionDue())
                + " weten of zij u kunnen helpen. Wij vertellen u dat daarna.";
    }

    private String waits() {
        var shown = attempt.request().shown();
        var to = shown.waitTo();
        if (to == null) {
            return "Hoe lang u daarna moet wachten, weten wij nog niet.";
        }
        var from = Objects.requireNonNullElse(shown.waitFrom(), 0);
        var weeks = from.equals(to) ? weeks(to) : from + " tot " + weeks(to);
        return to == 0
                ? "Er was toen wij het vroegen geen wachttijd."
                : "De wachttijd was " + weeks + " toen wij het vroegen. Dat kan veranderen.";
    }

    private static String expected(Expectation it) {
        var weeks = it.from() == it.to() ? weeks(it.to()) : it.from() + " tot " + weeks(it.to());
        return "Op " + Dutch.day(it.givenAt()) + " verwachtten zij dat het " + weeks + " duurt.";
    }

    private static String weeks(int number) {
        return number == 1 ? "1 week" : number + " weken";
    }

    private static String contact(Contact contact) {
        return switch (contact) {
            case Contact.Person it -> it.phone() == null ? it.name() : it.name() + ", telefoon " + it.phone();
            case Contact.Team it -> it.team() + ", telefoon " + it.phone();
        };
    }

    private static String complaints(Organisation of) {
        var where = of.complaints();
        if (where == null) {
            return of.name() + ": bel " + of.phone() + " en vraag naar de klachtenregeling.";
        }
        var address = where.address();
        return Stream.of(
                        of.name() + ": " + where.name(),
                        address == null ? null : address.line() + ", " + address.postcode() + " " + address.city(),
                        where.phone() == null ? null : "telefoon " + where.phone(),
                        where.email(),
                        where.website())
                .filter(Objects::nonNull)
                .collect(Collectors.joining("; "));
    }

    /** Whether somebody must think before it goes along with the client (DOMAIN P10, P21). */
    boolean isAsked() {
        var agreement = attempt.request().agreement();
        return !attempt.request().safeContact()
                || agreement.exception() == Request.Agreement.Ground.SAFETY
                || person.isGuarded();
    }
}
