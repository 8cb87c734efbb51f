package nl.wijkschakel.notification.mail;

import io.swagger.v3.oas.annotations.Operation;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** For those who keep the platform going: what became of each mail, and never what it was about. */
@RestController
@RequestMapping("/v1/mails")
@Allowed({Role.IT_ADMIN, Role.FUNCTIONAL_ADMIN})
final class MailController {

    private final Mails mails;

    MailController(Mails mails) {
        this.mails = mails;
    }

    @GetMapping
    @Operation(operationId = "listMails", summary = "Newest first; of one state when asked")
    Page<Mail.View> list(@RequestParam @Nullable MailState state, Paging paging) {
        return mails.page(state, paging);
    }

    @PostMapping("/{id}/resending")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "resendMail", summary = "Goes out once more, unless it was read by now")
    void resend(@PathVariable UUID id) {
        mails.resend(id);
    }
}
