package nl.wijkschakel.local;

import java.nio.file.Path;

/** The four services; each is a module with a jar of the same name. */
public enum Service {
    CLIENT("client-service"),
    REFERRAL("referral-service"),
    NOTIFICATION("notification-service"),
    GATEWAY("gateway");

    private static final String VERSION = "0.1.0-SNAPSHOT";

    private final String module;

    Service(String module) {
        this.module = module;
    }

    public String module() {
        return module;
    }

    Path jar(Path root) {
        return root.resolve(Path.of(module, "target", module + "-" + VERSION + ".jar"));
    }
}
