package nl.wijkschakel.gateway.session;

import static java.util.Objects.requireNonNull;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.Map;
import org.bson.Document;
import org.bson.types.Binary;
import org.springframework.core.serializer.support.DeserializingConverter;
import org.springframework.core.serializer.support.SerializingConverter;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextImpl;

/** A session's attributes between memory and database: Java's serialisation, sealed. */
final class SealedAttributes {

    private final Seal seal;
    private final SerializingConverter serializer = new SerializingConverter();
    private final DeserializingConverter deserializer =
            new DeserializingConverter(SealedAttributes.class.getClassLoader());

    /**
     * Who is logged in is read at each request, and reading it costs more than all else that a session does. What was
     * sealed once always opens to the same, so the outcome is kept; whether it is still valid the database says.
     */
    private final Cache<Place, Authentication> known =
            Caffeine.newBuilder().maximumSize(1_000).build();

    private record Place(String about, ByteBuffer sealed) {}

    SealedAttributes(Seal seal) {
        this.seal = seal;
    }

    Binary seal(String session, String name, Object value) {
        return new Binary(seal.seal(requireNonNull(serializer.convert(value)), about(session, name)));
    }

    Map<String, Object> open(String session, Document attributes) throws Seal.Broken {
        var opened = new HashMap<String, Object>();
        for (var entry : attributes.entrySet()) {
            var name = name(entry.getKey());
            opened.put(name, open(about(session, name), ((Binary) entry.getValue()).getData()));
        }
        return opened;
    }

    private Object open(String about, byte[] sealed) throws Seal.Broken {
        var place = new Place(about, ByteBuffer.wrap(sealed));
        var authentication = known.getIfPresent(place);
        if (authentication != null) {
            return new SecurityContextImpl(authentication);
        }
        var value = requireNonNull(deserializer.convert(seal.open(sealed, about)));
        if (value instanceof SecurityContext context && context.getAuthentication() != null) {
            known.put(place, context.getAuthentication());
        }
        return value;
    }

    private static String about(String session, String name) {
        return session + " " + name;
    }

    /** A dot in a field's name would be a path. */
    static String field(String attribute) {
        return attribute.replace("%", "%25").replace(".", "%2E");
    }

    private static String name(String field) {
        return field.replace("%2E", ".").replace("%25", "%");
    }
}
