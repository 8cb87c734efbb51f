package nl.wijkschakel.local;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/**
 * What a stack is to be.
 *
 * @param root the repository, with the services built
 * @param home where this stack keeps its data, logs and secrets
 * @param ports where its parts listen
 * @param environment per service, what it is to have besides or in place of what every stack gives it
 * @param out where progress is told
 */
public record Settings(
        Path root, Path home, PortPlan ports, Map<Service, Map<String, String>> environment, PrintStream out) {

    /** The platform that {@code ./wijkschakel start} starts. */
    public static Settings of(Path root) {
        var absolute = root.toAbsolutePath().normalize();
        return new Settings(absolute, absolute.resolve(".local"), new PortPlan(0), Map.of(), System.out);
    }

    public Settings withHome(Path folder) {
        return new Settings(root, folder, ports, environment, out);
    }

    public Settings withOffset(int offset) {
        return new Settings(root, home, new PortPlan(offset), environment, out);
    }

    public Settings withEnvironment(Service service, Map<String, String> variables) {
        var changed = new EnumMap<Service, Map<String, String>>(Service.class);
        changed.putAll(environment);
        changed.merge(service, variables, (before, more) -> {
            var both = new HashMap<>(before);
            both.putAll(more);
            return both;
        });
        return new Settings(root, home, ports, changed, out);
    }

    public Settings withOut(PrintStream stream) {
        return new Settings(root, home, ports, environment, stream);
    }

    /** What is fetched or built once, for all stacks of this repository. */
    Path cache() {
        return root.resolve(".local");
    }

    Map<String, String> environment(Service service) {
        return environment.getOrDefault(service, Map.of());
    }
}
