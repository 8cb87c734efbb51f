package nl.wijkschakel.referral.directory;

import java.net.URI;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Role;
import nl.wijkschakel.kit.web.Refusal;
import nl.wijkschakel.kit.web.Version;
import org.springframework.http.ResponseEntity;

/** How an entry of any kind is read, made and changed over HTTP. */
final class Editing {

    /** Only where there is none yet (RFC 9110 §13.1.2). */
    static final String IF_NEW = "If-None-Match=*";

    static <T extends Entry> ResponseEntity<T> read(Entries<T> entries, UUID id) {
        return answer(entries.find(id).orElseThrow(Refusal.Unknown::new));
    }

    static <T extends Entry> ResponseEntity<T> create(Entries<T> entries, T entry, String path, Caller caller) {
        requireAdmin(caller, entry);
        entries.add(entry);
        return ResponseEntity.created(URI.create(path + "/" + entry.id()))
                .eTag(Version.etag(entry.version()))
                .body(entry);
    }

    /** @param change the entry as it will be, one version on */
    static <T extends Entry> ResponseEntity<T> change(
            Entries<T> entries, UUID id, Version version, Caller caller, Function<T, T> change) {
        return change(entries, id, version, caller, seen -> requireAdmin(caller, seen), change);
    }

    /** @param permission refuses who may not change it */
    static <T extends Entry> ResponseEntity<T> change(
            Entries<T> entries,
            UUID id,
            Version version,
            Caller caller,
            Consumer<T> permission,
            Function<T, T> change) {
        var seen = entries.find(id).orElseThrow(Refusal.Unknown::new);
        permission.accept(seen);
        version.require(seen.version());
        var next = change.apply(seen);
        requireMayLeave(caller, seen, next);
        entries.replace(next);
        return answer(next);
    }

    static <T extends Entry> ResponseEntity<T> answer(T entry) {
        return ResponseEntity.ok().eTag(Version.etag(entry.version())).body(entry);
    }

    static boolean isAdmin(Caller caller, Entry entry) {
        return entry.municipalities().stream().anyMatch(it -> caller.hasIn(it, Role.FUNCTIONAL_ADMIN));
    }

    private static void requireAdmin(Caller caller, Entry entry) {
        if (!isAdmin(caller, entry)) {
            throw new Refusal.Forbidden("not-your-municipality", "U beheert de sociale kaart van deze gemeente niet.");
        }
    }

    /** Nobody takes an entry away from a municipality of somebody else's. */
    private static void requireMayLeave(Caller caller, Entry seen, Entry next) {
        boolean taken = seen.municipalities().stream()
                .anyMatch(it -> !next.municipalities().contains(it) && !caller.hasIn(it, Role.FUNCTIONAL_ADMIN));
        if (taken) {
            throw new Refusal.Forbidden(
                    "not-your-municipality", "U kunt dit niet weghalen bij een gemeente die u niet beheert.");
        }
    }

    private Editing() {}
}
