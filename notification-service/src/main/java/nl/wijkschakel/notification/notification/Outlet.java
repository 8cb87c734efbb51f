package nl.wijkschakel.notification.notification;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import nl.wijkschakel.notification.notification.Recipient.Shared;

/** Another way by which people are told, beside their list; it must bear to be told the same twice. */
public interface Outlet {

    /**
     * Called once the notifications are stored, and again with the same ones after a crash.
     *
     * @param readers who is known to read each list that several share
     */
    void tell(List<Notification> notifications, Map<Shared, Set<UUID>> readers);
}
