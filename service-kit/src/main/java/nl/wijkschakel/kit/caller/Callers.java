package nl.wijkschakel.kit.caller;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import nl.wijkschakel.kit.caller.Membership.OfOrganisation;
import nl.wijkschakel.kit.web.Refusal;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.jwt.BadJwtException;
import org.springframework.security.oauth2.jwt.Jwt;
import org.springframework.security.oauth2.jwt.JwtDecoder;
import org.springframework.security.oauth2.jwt.JwtException;

/** Reads a caller from a token. What a token says is believed only after its signature held. */
public final class Callers {

    private static final Duration RETRY = Duration.ofSeconds(30);

    private final JwtDecoder decoder;

    Callers(JwtDecoder decoder) {
        this.decoder = decoder;
    }

    /**
     * The person on whose behalf a service calls: a share takes both tokens (DESIGN §2.6).
     *
     * @throws Refusal.Forbidden when the token does not hold
     * @throws Refusal.Unavailable when nobody can tell, since the keys cannot be had
     */
    public Caller onBehalfOf(String token, @Nullable String organisation) {
        try {
            return of(decoder.decode(token), organisation);
        } catch (BadJwtException e) {
            throw new Refusal.Forbidden("caller-token", "Het token van de medewerker is niet geldig.");
        } catch (JwtException e) {
            throw new Refusal.Unavailable(
                    "login-unavailable", "Inloggen is even niet mogelijk. Probeer het zo nog eens.", RETRY);
        }
    }

    static Caller of(Jwt token, @Nullable String organisation) {
        var memberships =
                Objects.requireNonNullElse(token.getClaimAsStringList("memberships"), List.<String>of()).stream()
                        .map(Membership::of)
                        .flatMap(Optional::stream)
                        .toList();
        var name = Objects.requireNonNullElse(token.getClaimAsString("name"), "");
        var unchosen = new Caller(
                subject(token), name, memberships, null, token.getClaimAsString("service"), token.getTokenValue());
        return new Caller(
                unchosen.person(),
                name,
                memberships,
                chosen(organisation, unchosen),
                unchosen.service(),
                unchosen.token());
    }

    /** The header beside a service's own token speaks of the person it calls for. */
    private static @Nullable UUID chosen(@Nullable String organisation, Caller caller) {
        if (caller.service() != null) {
            return null;
        }
        return organisation == null ? onlyOne(caller.memberships()) : named(organisation, caller);
    }

    private static @Nullable UUID onlyOne(List<Membership> memberships) {
        var organisations = memberships.stream()
                .filter(OfOrganisation.class::isInstance)
                .map(it -> ((OfOrganisation) it).organisation())
                .distinct()
                .toList();
        return organisations.size() == 1 ? organisations.getFirst() : null;
    }

    private static UUID named(String organisation, Caller caller) {
        try {
            var id = UUID.fromString(organisation);
            if (caller.belongsTo(id)) {
                return id;
            }
        } catch (IllegalArgumentException _) {
            // no id of an organisation, so not one of the caller's
        }
        throw new Refusal.Forbidden("not-your-organisation", "U werkt niet voor deze organisatie.");
    }

    private static UUID subject(Jwt token) {
        try {
            return UUID.fromString(Objects.requireNonNull(token.getSubject(), "sub"));
        } catch (IllegalArgumentException _) {
            throw new Refusal.Forbidden("caller-token", "Het token noemt geen persoon.");
        }
    }
}
