package nl.wijkschakel.gateway.page;

/** The roles of DOMAIN §1 as people call them. */
final class Roles {

    private Roles() {}

    static String inWords(String role) {
        return switch (role) {
            case "wijkteam-worker" -> "Wijkteammedewerker";
            case "specialist" -> "Specialist";
            case "coordinator" -> "Coördinator";
            case "functional-admin" -> "Functioneel beheerder";
            case "privacy-officer" -> "Functionaris gegevensbescherming";
            case "policy-officer" -> "Beleidsmedewerker";
            case "it-admin" -> "Technisch beheerder";
            default -> role; // one that Keycloak knows and we do not is shown as it is
        };
    }
}
