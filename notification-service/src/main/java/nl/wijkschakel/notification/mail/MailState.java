package nl.wijkschakel.notification.mail;

/** Where a mail stands. */
enum MailState {
    /** Goes out when it is due. */
    WAITING,

    /** A replica hands it to the mail server now. */
    SENDING,

    /** The mail server took it. */
    SENT,

    /** It was read on the screen before it was due. */
    READ,

    /** It may have gone out: nobody heard the mail server's answer. It is not sent again by itself. */
    UNCERTAIN,

    /** The mail server will not take it, or was away for too long. */
    FAILED,

    /** Nobody knows where to send it. */
    NO_ADDRESS
}
