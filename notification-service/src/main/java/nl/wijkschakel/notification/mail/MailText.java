package nl.wijkschakel.notification.mail;

import java.net.URI;

/**
 * What a mail says: that there is something to read, and where. Never what or about whom (DOMAIN P12): mail travels and
 * lies open.
 */
record MailText(String subject, String body) {

    /** @param web where people log in */
    static MailText of(int notifications, Addressee to, URI web) {
        var what = notifications == 1 ? "Er staat een bericht voor u klaar" : "Er staan berichten voor u klaar";
        return new MailText(what, """
                %s in Wijkschakel.

                Log in om te lezen: %s

                Waar het over gaat staat niet in deze e-mail. Dat leest u na het inloggen.
                %s
                """.formatted(what, web.resolve("/meldingen"), why(to)));
    }

    private static String why(Addressee to) {
        return switch (to) {
            case Addressee.Person _ -> "Welke e-mails u krijgt, kiest u zelf bij uw meldingen.";
            case Addressee.Mailbox _ -> "Dit is het adres dat voor deze rol is opgegeven.";
        };
    }
}
