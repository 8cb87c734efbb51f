package nl.wijkschakel.notification.webhook;

/** Where a delivery stands. */
enum DeliveryState {
    /** Goes out when it is due, and when what came before it for the same attempt is out. */
    WAITING,

    /** The target took it. */
    DELIVERED,

    /** The target did not take it for days. It holds up nothing, and can be sent again. */
    DEAD
}
