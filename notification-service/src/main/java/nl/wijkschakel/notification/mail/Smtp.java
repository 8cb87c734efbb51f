package nl.wijkschakel.notification.mail;

import jakarta.mail.Message;
import jakarta.mail.MessagingException;
import jakarta.mail.Transport;
import jakarta.mail.internet.AddressException;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Date;
import java.util.UUID;
import org.eclipse.angus.mail.smtp.SMTPAddressFailedException;
import org.eclipse.angus.mail.smtp.SMTPSendFailedException;
import org.jspecify.annotations.Nullable;
import org.springframework.mail.javamail.JavaMailSenderImpl;

/** The mail server. What it did not surely refuse, it may have taken: the difference is what this class is for. */
final class Smtp {

    private static final int PERMANENT = 500;
    private static final int REFUSED = 400;

    private final JavaMailSenderImpl settings;
    private final InternetAddress from;

    /** @param settings of the server; sending itself is done here */
    Smtp(JavaMailSenderImpl settings, String from) {
        this.settings = settings;
        try {
            this.from = new InternetAddress(from, true);
        } catch (AddressException e) {
            throw new IllegalArgumentException("mail.from is no mail address", e);
        }
    }

    /** The server cannot be reached, or lets nobody in: nothing went out. */
    static final class Away extends Exception {
        private static final long serialVersionUID = 1;

        Away(MessagingException cause) {
            super(cause.getClass().getSimpleName(), cause);
        }
    }

    /** What became of one mail. */
    sealed interface Outcome {

        record Taken() implements Outcome {}

        /** Not now. */
        record Later(String why) implements Outcome {}

        /** Not ever. */
        record Never(String why) implements Outcome {}

        /** The answer was not heard. */
        record Unknown() implements Outcome {}
    }

    Line connect() throws Away {
        try {
            var transport = settings.getSession().getTransport(settings.getProtocol());
            transport.connect(
                    settings.getHost(),
                    settings.getPort(),
                    orNull(settings.getUsername()),
                    orNull(settings.getPassword()));
            return new Line(transport);
        } catch (MessagingException e) {
            throw new Away(e);
        }
    }

    /** Without a name no login is tried. */
    @SuppressWarnings("NullAway") // the library takes null for both and does not say so
    private static String orNull(@Nullable String setting) {
        return setting == null || setting.isEmpty() ? null : setting;
    }

    /** A connection that is open. */
    final class Line implements AutoCloseable {

        private final Transport transport;

        private Line(Transport transport) {
            this.transport = transport;
        }

        boolean isOpen() {
            return transport.isConnected();
        }

        /** @param id the same for the same mail: a server or reader that knows it already may drop the second */
        Outcome send(UUID id, String to, MailText text, Instant now) {
            try {
                var address = new InternetAddress(to, true);
                transport.sendMessage(message(id, address, text, now), new InternetAddress[] {address});
                return new Outcome.Taken();
            } catch (AddressException _) {
                return new Outcome.Never("address");
            } catch (MessagingException e) {
                return outcome(e);
            }
        }

        @Override
        public void close() {
            try {
                transport.close();
            } catch (MessagingException _) {
                // what was taken was taken; only the goodbye was not heard
            }
        }
    }

    private MimeMessage message(UUID id, InternetAddress to, MailText text, Instant now) throws MessagingException {
        var domain = from.getAddress().substring(from.getAddress().lastIndexOf('@') + 1);
        var message = new MimeMessage(settings.getSession()) {
            @Override
            protected void updateMessageID() throws MessagingException {
                setHeader("Message-ID", "<" + id + "@" + domain + ">");
            }
        };
        message.setFrom(from);
        message.setRecipient(Message.RecipientType.TO, to);
        message.setSubject(text.subject(), StandardCharsets.UTF_8.name());
        message.setText(text.body(), StandardCharsets.UTF_8.name());
        message.setHeader("Auto-Submitted", "auto-generated"); // no holiday replies (RFC 3834)
        message.setSentDate(Date.from(now));
        message.saveChanges();
        return message;
    }

    /** A server that refuses says a number; without one the connection broke, and nobody knows when. */
    private static Outcome outcome(MessagingException failure) {
        int code = code(failure);
        if (code >= PERMANENT) {
            return new Outcome.Never(String.valueOf(code));
        }
        return code >= REFUSED ? new Outcome.Later(String.valueOf(code)) : new Outcome.Unknown();
    }

    private static int code(MessagingException failure) {
        for (Exception each = failure;
                each != null;
                each = each instanceof MessagingException it ? it.getNextException() : null) {
            int code = switch (each) {
                case SMTPSendFailedException it -> it.getReturnCode();
                case SMTPAddressFailedException it -> it.getReturnCode();
                default -> 0; // other failures of the library name no number
            };
            if (code >= REFUSED) {
                return code;
            }
        }
        return 0;
    }
}
