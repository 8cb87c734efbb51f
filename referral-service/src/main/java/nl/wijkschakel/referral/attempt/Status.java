package nl.wijkschakel.referral.attempt;

/** Where an attempt stands, as stored and as the API says it (DOMAIN §2). There is deliberately none for a term that passed. */
public enum Status {
    SENT(ReceiverQueue.NEW, SenderQueue.SENT, Access.CORE),
    IN_REVIEW(ReceiverQueue.IN_REVIEW, SenderQueue.SENT, Access.SHARED),
    INFORMATION_REQUESTED(ReceiverQueue.WAITING_FOR_ANSWER, SenderQueue.ACTION, Access.SHARED),
    ACCEPTED(ReceiverQueue.ACCEPTED, SenderQueue.RUNNING, Access.SHARED),
    WAITLISTED(ReceiverQueue.WAITLIST, SenderQueue.WAITLIST, Access.SHARED),
    STARTED(ReceiverQueue.RUNNING, SenderQueue.RUNNING, Access.SHARED),
    PAUSED(ReceiverQueue.RUNNING, SenderQueue.RUNNING, Access.SHARED),
    COMPLETED(ReceiverQueue.DONE, SenderQueue.DONE, Access.SHARED),
    ENDED_EARLY(ReceiverQueue.DONE, SenderQueue.ACTION, Access.SHARED),
    RETURNED(ReceiverQueue.DONE, SenderQueue.ACTION, Access.NONE),
    FORWARDED(ReceiverQueue.DONE, SenderQueue.DONE, Access.NONE),
    WITHDRAWN(ReceiverQueue.DONE, SenderQueue.ACTION, Access.NONE);

    /** The receiver's lists. */
    public enum ReceiverQueue {
        NEW,
        IN_REVIEW,
        WAITING_FOR_ANSWER,
        ACCEPTED,
        WAITLIST,
        RUNNING,
        DONE
    }

    /** The sender's lists. */
    public enum SenderQueue {
        ACTION,
        SENT,
        WAITLIST,
        RUNNING,
        DONE
    }

    /** How much of what is about the client the receiver may see (DOMAIN P4, P6). */
    public enum Access {
        NONE,
        CORE,
        SHARED
    }

    private final ReceiverQueue receiverQueue;
    private final SenderQueue senderQueue;
    private final Access access;

    Status(ReceiverQueue receiverQueue, SenderQueue senderQueue, Access access) {
        this.receiverQueue = receiverQueue;
        this.senderQueue = senderQueue;
        this.access = access;
    }

    public boolean isOpen() {
        return receiverQueue != ReceiverQueue.DONE;
    }

    ReceiverQueue receiverQueue() {
        return receiverQueue;
    }

    SenderQueue senderQueue() {
        return senderQueue;
    }

    Access access() {
        return access;
    }
}
