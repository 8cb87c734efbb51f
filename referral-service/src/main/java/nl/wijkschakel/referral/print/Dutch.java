package nl.wijkschakel.referral.print;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import nl.wijkschakel.referral.attempt.Action;
import nl.wijkschakel.referral.attempt.Request.SharedData;
import nl.wijkschakel.referral.calendar.WorkingDays;

/** Words and dates as they stand on paper. */
final class Dutch {

    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("d MMMM uuuu", Locale.of("nl"));

    static String day(LocalDate day) {
        return DAY.format(day);
    }

    static String day(Instant moment) {
        return day(WorkingDays.date(moment));
    }

    /** The last day of a term that ends at 24:00. */
    static String lastDay(Instant end) {
        return day(end.minusNanos(1));
    }

    static String of(SharedData part) {
        return switch (part) {
            case NAME -> "naam";
            case BIRTH_DATE -> "geboortedatum";
            case BSN -> "burgerservicenummer (BSN)";
            case ADDRESS -> "adres";
            case CONTACT -> "telefoonnummer en e-mailadres";
        };
    }

    /** What was done, as a line of a history says it. */
    static String of(Action action) {
        return switch (action) {
            case SEND, RESEND, SEND_FORWARDED -> "verstuurd";
            case CLAIM -> "in behandeling genomen";
            case ASK -> "informatie gevraagd";
            case ANSWER -> "vraag beantwoord";
            case ACCEPT -> "aangenomen";
            case UNDO_ACCEPT -> "aannemen ongedaan gemaakt";
            case WAITLIST -> "op de wachtlijst gezet";
            case RETURN -> "teruggestuurd";
            case START -> "hulp gestart";
            case PAUSE -> "hulp gepauzeerd";
            case RESUME -> "hulp hervat";
            case COMPLETE -> "hulp afgerond";
            case END_EARLY -> "voortijdig gestopt";
            case FORWARD -> "doorgestuurd";
            case WITHDRAW -> "ingetrokken";
            case PUT_BACK -> "teruggelegd";
            case ASSIGN -> "aan een andere hulpverlener gegeven";
            case CHANGE_CONTACT -> "een andere contactpersoon genoemd";
            case HAND_OVER -> "aan een andere verwijzer overgedragen";
        };
    }

    /** A language, as BCP 47 writes it. */
    static String language(String tag) {
        return Locale.forLanguageTag(tag).getDisplayLanguage(Locale.of("nl"));
    }

    private Dutch() {}
}
