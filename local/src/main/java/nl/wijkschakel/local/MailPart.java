package nl.wijkschakel.local;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;

/** Catches all mail that the platform sends; nothing leaves the machine. */
final class MailPart extends InsidePart {

    private final ServerSetup setup;
    private GreenMail mail;

    MailPart(int port) {
        super("mail", "smtp://127.0.0.1:" + port);
        this.setup = new ServerSetup(port, "127.0.0.1", ServerSetup.PROTOCOL_SMTP);
        this.mail = new GreenMail(setup);
    }

    GreenMail mail() {
        return mail;
    }

    @Override
    public void start() {
        mail = new GreenMail(setup);
        mail.start();
    }

    @Override
    public void stop() {
        mail.stop();
    }

    @Override
    public boolean isUp() {
        return mail.isRunning();
    }
}
