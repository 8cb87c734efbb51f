package nl.wijkschakel.local.demo;

import java.util.List;
import java.util.UUID;

/**
 * The demo users who refer and receive.
 *
 * @param user as they log in
 * @param organisation its number
 * @param name as colleagues and clients know them
 */
record Staff(String user, int organisation, String name) {

    private static final List<Staff> ALL = List.of(
            new Staff("anna", 1, "Anna de Wit"),
            new Staff("milan", 1, "Milan Jansen"),
            new Staff("gita", 1, "Gita Ramdin"),
            new Staff("eva", 2, "Eva Postma"),
            new Staff("org03", 3, "Noor Blom"),
            new Staff("org04", 4, "Omar Yilmaz"),
            new Staff("bram", 5, "Bram Hendriks"),
            new Staff("farid", 5, "Farid Amrani"),
            new Staff("org05", 5, "Petra Dijkstra"),
            new Staff("carla", 5, "Carla Smeets"),
            new Staff("dirk", 6, "Dirk van Loon"),
            new Staff("org06", 6, "Quinten Peeters"),
            new Staff("lotte", 7, "Lotte Meijer"),
            new Staff("farid", 7, "Farid Amrani"),
            new Staff("org07", 7, "Roos Willems"),
            new Staff("org08", 8, "Sem de Groot"),
            new Staff("org09", 9, "Tirza Mulder"),
            new Staff("org10", 10, "Umut Kaya"),
            new Staff("org11", 11, "Vera Scholten"),
            new Staff("org12", 12, "Wouter Visser"));

    static List<Staff> all() {
        return ALL;
    }

    /** Who most often does it comes first. */
    static List<Staff> of(int organisation) {
        return ALL.stream().filter(it -> it.organisation() == organisation).toList();
    }

    UUID organisationId() {
        return DemoDirectory.organisation(organisation);
    }
}
