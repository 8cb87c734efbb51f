package nl.wijkschakel.kit.event;

import java.util.UUID;
import nl.wijkschakel.kit.caller.Allowed;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.event.DeadLetters.DeadLetter;
import nl.wijkschakel.kit.web.Cursor;
import nl.wijkschakel.kit.web.Page;
import nl.wijkschakel.kit.web.Paging;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RestController;

/** For those who keep the platform going. */
@RestController
@Allowed({Role.IT_ADMIN, Role.FUNCTIONAL_ADMIN})
final class DeadLetterController {

    private final DeadLetters letters;

    DeadLetterController(DeadLetters letters) {
        this.letters = letters;
    }

    @GetMapping("/v1/dead-letters")
    Page<DeadLetter> list(Paging paging) {
        var after = paging.after();
        var found = letters.list(after == null ? null : after.id(), paging.limit() + 1);
        return Page.of(found, paging.limit(), last -> new Cursor(0, last.id()));
    }

    @PostMapping("/v1/dead-letters/{id}/resending")
    ResponseEntity<Void> resend(@PathVariable UUID id) {
        letters.resend(id);
        return ResponseEntity.noContent().build();
    }
}
