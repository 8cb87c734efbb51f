package nl.wijkschakel.wrong.other;

import nl.wijkschakel.wrong.one.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** Everybody's, and open to nobody knows whom. */
@RestController
public class OpenController {

    @GetMapping("/v1/open")
    public String read() {
        return new Model().now().toString();
    }
}
