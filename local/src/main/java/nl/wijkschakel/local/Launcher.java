package nl.wijkschakel.local;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import nl.wijkschakel.local.api.Answer.Unexpected;
import nl.wijkschakel.local.api.Platform;
import nl.wijkschakel.local.demo.Demo;
import nl.wijkschakel.servers.AtExit;
import nl.wijkschakel.servers.RunRecord.Running;

/** What {@code ./wijkschakel start, stop, status, reset} call. */
public final class Launcher {

    private static final String EMPTY = "--empty";
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final Duration TO_STOP = Duration.ofMinutes(2);

    private final Settings settings;

    private Launcher(Settings settings) {
        this.settings = settings;
    }

    /**
     * Ends with 0 when it worked.
     *
     * @param arguments the command, the root of the repository and what the command takes
     */
    public static void main(String[] arguments) throws IOException, InterruptedException {
        int exitCode = 1;
        try {
            exitCode = new Launcher(Settings.of(Path.of(arguments[1])))
                    .run(arguments[0], List.of(arguments).subList(2, arguments.length));
        } catch (IOException | RuntimeException e) {
            e.printStackTrace(System.err);
        }
        System.exit(exitCode); // else the parts in this JVM would keep it alive
    }

    private int run(String command, List<String> options) throws IOException, InterruptedException {
        try {
            return switch (command) {
                case "start" ->
                    options.isEmpty() || options.equals(List.of(EMPTY))
                            ? start(!options.isEmpty())
                            : say(2, "start knows " + EMPTY + " and no other option");
                case "stop" -> stop();
                case "status" -> status();
                case "reset" -> reset();
                default -> say(2, "There is no command " + command);
            };
        } catch (IllegalStateException e) {
            return AtExit.isEnding() ? 1 : say(1, String.valueOf(e.getMessage()));
        }
    }

    private int start(boolean empty) throws IOException, InterruptedException {
        var stack = LocalStack.start(settings);
        if (empty) {
            stack.markLoaded();
        }
        if (stack.isNew()) {
            loadDemo(stack);
        }
        announce(stack);
        watch(stack);
        return 0;
    }

    /** Without demo data the platform works too, so a load that fails is said and no more. */
    private void loadDemo(LocalStack stack) {
        say("Playing half a year of invented referrals, once");
        try {
            var loaded = Demo.load(
                    Platform.direct(
                            stack.service(Service.CLIENT).address(),
                            stack.service(Service.REFERRAL).address(),
                            stack.service(Service.NOTIFICATION).address(),
                            stack.issuer()),
                    Clock.systemUTC(),
                    settings.out());
            stack.markLoaded();
            say("There are now %d organisations, %d services, %d clients and %d referrals (%d s)"
                    .formatted(
                            loaded.organisations(),
                            loaded.services(),
                            loaded.clients(),
                            loaded.referrals(),
                            loaded.took().toSeconds()));
        } catch (IllegalStateException | Unexpected | UncheckedIOException e) {
            say("No demo data, or not all of it: " + e.getMessage());
            say("./wijkschakel reset deletes what there is; a start after that loads it, start --empty does not");
        }
    }

    private void announce(LocalStack stack) {
        say("");
        say("Wijkschakel runs at " + stack.address());
        say("Log in with one of these names, the password is the same:");
        for (var account : DemoAccount.ALL) {
            say("  %-6s  %s".formatted(account.name(), account.who()));
        }
        say("  org03 to org12: a specialist of each other organisation");
        say("Keycloak: " + stack.keycloak().address() + ", name admin, password in "
                + settings.home().resolve("secrets/keycloak-admin-password"));
        say("Logs: " + stack.logs());
        say("Ctrl-C ends everything; the data stays until ./wijkschakel reset.");
    }

    /** Until this JVM is asked to end. A part that ends by itself is named once; it is not started again behind anyone's back. */
    private void watch(LocalStack stack) throws InterruptedException {
        var named = new HashSet<Part>();
        while (true) {
            for (var part : stack.parts()) {
                if (!part.isUp() && !stack.isClosed() && named.add(part)) {
                    say(part.name() + " has ended"
                            + part.log().map(log -> ", its log is " + log).orElse(""));
                }
            }
            Thread.sleep(BETWEEN_LOOKS);
        }
    }

    private int stop() throws IOException, InterruptedException {
        var home = Home.create(settings.home());
        var launcher = Listing.read(home).map(Listing::launcher).flatMap(Running::handle);
        if (launcher.isPresent()) {
            launcher.get().destroy();
            try {
                launcher.get().onExit().get(TO_STOP.toSeconds(), TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException _) {
                return say(1, "Process " + launcher.get().pid() + " does not end");
            }
            return say(0, "Wijkschakel is stopped");
        }
        try (var _ = requireNotRunning(home)) {
            LocalStack.endLeftovers(home, new Progress(settings.out()));
            Listing.delete(home);
            return say(0, "Wijkschakel does not run");
        }
    }

    private int status() throws IOException {
        var home = Home.create(settings.home());
        var listing = Listing.read(home);
        if (listing.isEmpty()) {
            try (var lock = RunLock.take(home).orElse(null)) {
                return lock == null
                        ? say(3, "Wijkschakel is starting or stopping")
                        : say(3, "Wijkschakel does not run");
            }
        }
        say(listing.get().table(home));
        return listing.get().launcher().handle().isPresent()
                ? 0
                : say(3, "The launcher is gone; ./wijkschakel stop ends what it left");
    }

    private int reset() throws IOException {
        if (!Files.exists(settings.home())) {
            return say(0, "There is no data");
        }
        var home = Home.create(settings.home());
        try (var _ = requireNotRunning(home)) {
            LocalStack.endLeftovers(home, new Progress(settings.out()));
            Listing.delete(home);
            home.forget();
        }
        return say(0, "The data is deleted");
    }

    private static RunLock requireNotRunning(Home home) throws IOException {
        return RunLock.take(home)
                .orElseThrow(() -> new IllegalStateException("Wijkschakel runs: end it with ./wijkschakel stop first"));
    }

    private int say(int exitCode, String what) {
        say(what);
        return exitCode;
    }

    private void say(String what) {
        settings.out().println(what);
    }
}
