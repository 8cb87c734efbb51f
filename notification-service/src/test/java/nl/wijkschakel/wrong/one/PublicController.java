package nl.wijkschakel.wrong.one;

import java.time.Instant;
import nl.wijkschakel.wrong.other.Back;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** A public controller with an endpoint that nobody was allowed, its own time, and a part in a cycle. */
@RestController
public class PublicController {

    @GetMapping("/v1/wrong")
    Instant now() {
        return Instant.now();
    }

    public Back back() {
        return new Back();
    }
}
