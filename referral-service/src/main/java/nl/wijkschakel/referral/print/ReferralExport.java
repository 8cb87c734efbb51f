package nl.wijkschakel.referral.print;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import nl.wijkschakel.referral.attachment.Attachments;
import nl.wijkschakel.referral.attempt.AttemptView;
import nl.wijkschakel.referral.attempt.HistoryView;
import nl.wijkschakel.referral.attempt.Question.Reply;
import nl.wijkschakel.referral.attempt.Request;
import nl.wijkschakel.referral.attempt.Request.SharedData;
import nl.wijkschakel.referral.clients.Person;
import nl.wijkschakel.referral.message.Messages;
import org.jspecify.annotations.Nullable;

/**
 * An attempt as its receiver may keep it in a file of its own (DOMAIN §2, after the claim): no more than the reader sees on
 * screen.
 *
 * @param client what was shared of them
 * @param messages oldest first
 * @param attachments what they are called; each is fetched by itself
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record ReferralExport(
        Instant exportedAt,
        AttemptView attempt,
        Person client,
        List<HistoryView> history,
        List<Messages.Written> messages,
        List<Attachments.Named> attachments) {

    /** What was agreed to be shared, and of who must not be found no address and no phone (DOMAIN P9). */
    static Person shared(Person it, List<SharedData> agreed) {
        var parts = Set.copyOf(agreed);
        boolean guarded = it.isGuarded();
        var contact = it.contact();
        return new Person(
                it.number(),
                it.municipality(),
                only(parts, SharedData.NAME, it::name),
                only(parts, SharedData.BSN, it::bsn),
                only(parts, SharedData.BIRTH_DATE, it::birthDate),
                guarded ? null : only(parts, SharedData.ADDRESS, it::address),
                !parts.contains(SharedData.CONTACT) || contact == null
                        ? null
                        : guarded ? new Person.Contact(null, contact.email(), contact.preference()) : contact,
                it.language(),
                it.interpreterNeeded(),
                it.safeContact(),
                it.secrecy(),
                it.destroyed());
    }

    private static <T> @Nullable T only(Set<SharedData> parts, SharedData part, Supplier<@Nullable T> value) {
        return parts.contains(part) ? value.get() : null;
    }

    Paper paper() {
        var paper = new Paper("Verwijzing " + attempt.number())
                .title("Verwijzing " + attempt.number())
                .text("Opgeslagen op " + Dutch.day(exportedAt) + ". Bewaar dit zo veilig als het dossier zelf.")
                .fact(
                        "Van",
                        attempt.sender().organisationName() + ", "
                                + attempt.sender().teamName())
                .fact("Telefoon", attempt.sender().phone())
                .fact(
                        "Aan",
                        attempt.receiver().organisationName() + ", "
                                + attempt.service().name())
                .fact(
                        "Onderwerp",
                        attempt.theme() == null ? null : attempt.theme().words())
                .fact(
                        "Spoed",
                        attempt.urgency() == null ? null : attempt.urgency().words())
                .fact(
                        "Grondslag",
                        attempt.legalBasis() == null
                                ? null
                                : attempt.legalBasis().words())
                .heading("Cliënt");
        client(paper);
        if (attempt.content() != null) {
            content(paper, attempt.content());
        }
        questions(paper);
        if (!messages.isEmpty()) {
            paper.heading("Berichten");
            messages.forEach(it -> message(paper, it));
        }
        if (!attachments.isEmpty()) {
            paper.heading("Bijlagen")
                    .list(attachments.stream().map(Attachments.Named::name).toList());
        }
        return paper.heading("Verloop")
                .list(history.stream().map(ReferralExport::line).toList());
    }

    private void client(Paper paper) {
        var contact = client.contact();
        paper.fact("Cliëntnummer", client.number())
                .fact("Naam", client.name() == null ? null : client.name().full())
                .fact("Geboortedatum", client.birthDate() == null ? null : born(client.birthDate()))
                .fact("BSN", client.bsn() == null ? null : client.bsn().masked())
                .fact("Adres", client.address() == null ? null : lives(client.address()))
                .fact("Telefoon", contact == null ? null : contact.phone())
                .fact("E-mail", contact == null ? null : contact.email())
                .fact("Taal", client.language() == null ? null : Dutch.language(client.language()));
        if (Boolean.TRUE.equals(client.interpreterNeeded())) {
            paper.text("Er is een tolk nodig.");
        }
        if (client.safeContact() != null && !client.safeContact().safe()) {
            paper.text("Let op: bellen of schrijven is niet veilig.")
                    .fact("Zo kan het wel", client.safeContact().agreedWay());
        }
    }

    private static @Nullable String born(Person.BirthDate it) {
        if (it.value() != null) {
            return Dutch.day(it.value());
        }
        if (it.knownPart() != null) {
            return it.knownPart();
        }
        return it.estimatedAge() == null ? null : "niet bekend, ongeveer " + it.estimatedAge() + " jaar";
    }

    private static @Nullable String lives(Person.Address it) {
        var place = it.value();
        return place == null
                ? null
                : place.street() + " " + place.houseNumber() + ", " + place.postcode() + " " + place.city();
    }

    private static void content(Paper paper, Request it) {
        paper.heading("Vraag").quote(it.question());
        if (!it.goals().isEmpty()) {
            paper.text("Doelen:").list(it.goals());
        }
        paper.fact("Waarom er nog geen hulpvraag is", it.legitimation())
                .fact("Situatie", it.situation())
                .fact("Wat al is geprobeerd", it.tried())
                .fact("Twijfels en zorgen", it.doubts())
                .fact("Wat er veranderd is", it.whatChanged())
                .fact("Kenmerk van de verwijzer", it.ownReference())
                .fact(
                        "Over anderen",
                        it.thirdParties() == null ? null : it.thirdParties().text());
    }

    private void questions(Paper paper) {
        var questions = attempt.questions();
        if (questions == null || questions.isEmpty()) {
            return;
        }
        paper.heading("Vragen en antwoorden");
        questions.forEach(it -> {
            paper.fact("Vraag op " + Dutch.day(it.askedAt()), it.question() + " (" + it.why() + ")");
            switch (it.reply()) {
                case null -> paper.text("Nog geen antwoord.");
                case Reply.Answer answer -> paper.fact("Antwoord", answer.text());
                case Reply.CannotShare refused -> paper.fact("Kan niet worden gedeeld", refused.why());
            }
        });
    }

    private static void message(Paper paper, Messages.Written it) {
        paper.fact(Dutch.day(it.at()) + ", " + it.by().name(), it.text())
                .fact(
                        "Over anderen",
                        it.thirdParties() == null ? null : it.thirdParties().text());
    }

    private static String line(HistoryView it) {
        var who = it.by() == null ? "" : ", " + it.by().name();
        return Dutch.day(it.at()) + ": " + Dutch.of(it.action()) + who;
    }
}
