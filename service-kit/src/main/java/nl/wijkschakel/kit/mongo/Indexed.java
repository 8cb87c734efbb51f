package nl.wijkschakel.kit.mongo;

import com.mongodb.client.model.IndexModel;
import java.util.List;

/** The indexes of a collection; one bean for each collection. {@link IndexMaker} makes them at the start. */
public record Indexed(String collection, List<IndexModel> indexes) {}
