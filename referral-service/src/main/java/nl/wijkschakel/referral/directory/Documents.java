package nl.wijkschakel.referral.directory;

import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/** How entries are stored. Each name below is in databases and stays what it is. */
final class Documents {

    static Document of(Organisation it) {
        return new Document("_id", it.id())
                .append("version", it.version())
                .append("name", it.name())
                .append("kind", it.kind().name())
                .append("municipalities", it.municipalities())
                .append("phone", it.phone())
                .append("email", it.email())
                .append("address", of(it.address()))
                .append("complaints", of(it.complaints()));
    }

    static Organisation organisation(Document stored) {
        return new Organisation(
                id(stored, "_id"),
                stored.getLong("version"),
                stored.getString("name"),
                Organisation.Kind.valueOf(stored.getString("kind")),
                texts(stored, "municipalities"),
                stored.getString("phone"),
                optional(stored, "email", String.class),
                address(stored),
                complaints(optional(stored, "complaints", Document.class)));
    }

    private static @Nullable Document of(@Nullable Address it) {
        return it == null
                ? null
                : new Document("line", it.line())
                        .append("postcode", it.postcode())
                        .append("city", it.city());
    }

    private static @Nullable Address address(Document owner) {
        var stored = optional(owner, "address", Document.class);
        return stored == null
                ? null
                : new Address(stored.getString("line"), stored.getString("postcode"), stored.getString("city"));
    }

    private static @Nullable Document of(@Nullable Complaints it) {
        return it == null
                ? null
                : new Document("name", it.name())
                        .append("address", of(it.address()))
                        .append("phone", it.phone())
                        .append("email", it.email())
                        .append("website", it.website());
    }

    private static @Nullable Complaints complaints(@Nullable Document stored) {
        return stored == null
                ? null
                : new Complaints(
                        stored.getString("name"),
                        address(stored),
                        optional(stored, "phone", String.class),
                        optional(stored, "email", String.class),
                        optional(stored, "website", String.class));
    }

    static Document of(Team it) {
        return new Document("_id", it.id())
                .append("version", it.version())
                .append("organisation", it.organisation())
                .append("name", it.name())
                .append("municipality", it.municipality())
                .append("phone", it.phone());
    }

    static Team team(Document stored) {
        return new Team(
                id(stored, "_id"),
                stored.getLong("version"),
                id(stored, "organisation"),
                stored.getString("name"),
                stored.getString("municipality"),
                stored.getString("phone"));
    }

    static Document of(Service it) {
        return new Document("_id", it.id())
                .append("version", it.version())
                .append("organisation", it.organisation())
                .append("name", it.name())
                .append("description", it.description())
                .append("themes", it.themes().stream().map(Theme::name).toList())
                .append("targetGroup", it.targetGroup())
                .append("minimumAge", it.minimumAge())
                .append("maximumAge", it.maximumAge())
                .append("municipalities", it.municipalities())
                .append("languages", it.languages())
                .append("legalBasis", it.legalBasis().name())
                .append("entitledToBsn", it.entitledToBsn())
                .append("crisisPhone", it.crisisPhone())
                .append("notFor", it.notFor())
                .append("address", of(it.address()))
                .append("secretPlace", it.secretPlace())
                .append("stopsOn", it.stopsOn() == null ? null : it.stopsOn().toString())
                .append("capacity", of(it.capacity()));
    }

    static Service service(Document stored) {
        return new Service(
                id(stored, "_id"),
                stored.getLong("version"),
                id(stored, "organisation"),
                stored.getString("name"),
                stored.getString("description"),
                texts(stored, "themes").stream().map(Theme::valueOf).toList(),
                stored.getString("targetGroup"),
                optional(stored, "minimumAge", Integer.class),
                optional(stored, "maximumAge", Integer.class),
                texts(stored, "municipalities"),
                texts(stored, "languages"),
                LegalBasis.valueOf(stored.getString("legalBasis")),
                stored.getBoolean("entitledToBsn"),
                optional(stored, "crisisPhone", String.class),
                optional(stored, "notFor", String.class),
                address(stored),
                stored.getBoolean("secretPlace", false),
                day(stored, "stopsOn"),
                capacity(stored.get("capacity", Document.class)));
    }

    /** A day has no time zone, so it is stored as a text; texts of this form sort as days do. */
    private static Document of(Capacity it) {
        return new Document("status", it.status().name())
                .append("waitFrom", it.waitWeeks().from())
                .append("waitTo", it.waitWeeks().to())
                .append("confirmedOn", it.confirmedOn().toString())
                .append("remindOn", it.remindOn().toString());
    }

    private static Capacity capacity(Document stored) {
        return new Capacity(
                Capacity.Status.valueOf(stored.getString("status")),
                new Capacity.Weeks(stored.getInteger("waitFrom"), stored.getInteger("waitTo")),
                LocalDate.parse(stored.getString("confirmedOn")));
    }

    private static @Nullable LocalDate day(Document stored, String field) {
        var text = optional(stored, field, String.class);
        return text == null ? null : LocalDate.parse(text);
    }

    private static UUID id(Document stored, String field) {
        return Objects.requireNonNull(stored.get(field, UUID.class), field);
    }

    private static List<String> texts(Document stored, String field) {
        return stored.getList(field, String.class);
    }

    private static <T> @Nullable T optional(Document stored, String field, Class<T> type) {
        return stored.get(field, type);
    }

    private Documents() {}
}
