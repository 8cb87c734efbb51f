package nl.wijkschakel.notification.notification;

import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.Parameter;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/**
 * What the caller must know, in the work for the chosen organisation and in the roles at municipalities. Policy officers
 * and IT admins have none (DOMAIN P25).
 */
@RestController
@RequestMapping("/v1/notifications")
@Allowed({Role.WIJKTEAM_WORKER, Role.SPECIALIST, Role.COORDINATOR, Role.FUNCTIONAL_ADMIN, Role.PRIVACY_OFFICER})
class NotificationController {

    private final Notifications notifications;

    NotificationController(Notifications notifications) {
        this.notifications = notifications;
    }

    @GetMapping
    @Operation(operationId = "listNotifications", summary = "Newest first")
    Page<Listed> list(
            @Parameter(hidden = true) Caller caller,
            @RequestParam(defaultValue = "false") boolean unread,
            @Parameter(hidden = true) Paging paging) {
        return notifications.list(Reader.of(caller), unread, paging);
    }

    record Count(long unread) {}

    @GetMapping("/count")
    @Operation(operationId = "countNotifications", summary = "How many are unread, as far as 1000")
    Count count(@Parameter(hidden = true) Caller caller) {
        return new Count(notifications.countUnread(Reader.of(caller)));
    }

    @PostMapping("/{id}/read")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "readNotification", summary = "Read by the caller; a colleague's mark is another")
    void read(@Parameter(hidden = true) Caller caller, @PathVariable UUID id) {
        notifications.read(Reader.of(caller), id);
    }

    @PostMapping("/read")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "readAllNotifications", summary = "All up to now are read by the caller")
    void readAll(@Parameter(hidden = true) Caller caller) {
        notifications.readAll(Reader.of(caller));
    }
}
