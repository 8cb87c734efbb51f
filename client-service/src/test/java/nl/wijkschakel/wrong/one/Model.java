package nl.wijkschakel.wrong.one;

import java.time.Instant;
import nl.wijkschakel.wrong.other.OpenController;
import org.bson.Document;

/** Knows the database, the time, and what knows it. */
public class Model {

    public Instant now() {
        return Instant.now();
    }

    public Document toDocument(OpenController controller) {
        return new Document("text", controller.read());
    }
}
