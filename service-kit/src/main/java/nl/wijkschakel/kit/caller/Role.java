package nl.wijkschakel.kit.caller;

import java.util.Optional;
import java.util.stream.Stream;

/** What somebody does, for an organisation or for a municipality (DOMAIN §1). */
public enum Role {
    WIJKTEAM_WORKER("wijkteam-worker", Scope.ORGANISATION),
    SPECIALIST("specialist", Scope.ORGANISATION),
    COORDINATOR("coordinator", Scope.ORGANISATION),
    FUNCTIONAL_ADMIN("functional-admin", Scope.MUNICIPALITY),
    PRIVACY_OFFICER("privacy-officer", Scope.MUNICIPALITY),
    POLICY_OFFICER("policy-officer", Scope.MUNICIPALITY),
    IT_ADMIN("it-admin", Scope.MUNICIPALITY);

    enum Scope {
        ORGANISATION,
        MUNICIPALITY
    }

    private final String text;
    private final Scope scope;

    Role(String text, Scope scope) {
        this.text = text;
        this.scope = scope;
    }

    /** As it stands in tokens. */
    public String text() {
        return text;
    }

    boolean isOfOrganisation() {
        return scope == Scope.ORGANISATION;
    }

    static Optional<Role> of(String text) {
        return Stream.of(values()).filter(role -> role.text.equals(text)).findFirst();
    }
}
