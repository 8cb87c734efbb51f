package nl.wijkschakel.kit.access;

import io.micrometer.core.instrument.Counter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import nl.wijkschakel.kit.access.AccessEntry.Action;
import nl.wijkschakel.kit.access.AccessEntry.Resource;
import nl.wijkschakel.kit.caller.Caller;
import nl.wijkschakel.kit.caller.Gate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.HandlerMapping;

/**
 * Writes down that somebody asked for a client's data and was not shown it (DOMAIN P14). Whether there was anything to show
 * is looked up when the answer is on its way, by a thread of its own: so an id that exists is refused as fast, and in the
 * same words, as one that does not.
 */
public final class RefusedLooks implements HandlerInterceptor, SmartLifecycle {

    private static final Logger log = LoggerFactory.getLogger(RefusedLooks.class);
    private static final int MOST_WAITING = 10_000;

    private record Look(Caller caller, Action action, UUID id, GuardedPath path) {}

    private final AccessLog accessLog;
    private final List<GuardedPath> paths;
    private final Counter lost;
    private final BlockingQueue<Look> looks = new LinkedBlockingQueue<>(MOST_WAITING);
    private volatile boolean running;
    private Thread writer = Thread.ofPlatform().unstarted(() -> {});

    /** @param lost counts what could not be written down */
    RefusedLooks(AccessLog accessLog, List<GuardedPath> paths, Counter lost) {
        this.accessLog = accessLog;
        this.paths = List.copyOf(paths);
        this.lost = lost;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        int status = response.getStatus();
        if (status != HttpStatus.NOT_FOUND.value() && status != HttpStatus.FORBIDDEN.value()) {
            return;
        }
        var caller = Gate.callerOf(request);
        var pattern = pattern(request);
        var path = paths.stream().filter(it -> it.covers(pattern)).findFirst();
        var id = path.flatMap(it -> id(request, it.variable(pattern)));
        if (caller.isPresent() && id.isPresent()) {
            if (!looks.offer(new Look(caller.get(), action(request), id.get(), path.get()))) {
                lost.increment();
            }
        }
    }

    private static String pattern(HttpServletRequest request) {
        return String.valueOf(request.getAttribute(HandlerMapping.BEST_MATCHING_PATTERN_ATTRIBUTE));
    }

    private static Optional<UUID> id(HttpServletRequest request, String variable) {
        if (request.getAttribute(HandlerMapping.URI_TEMPLATE_VARIABLES_ATTRIBUTE) instanceof Map<?, ?> variables
                && variables.get(variable) instanceof String text) {
            try {
                return Optional.of(UUID.fromString(text));
            } catch (IllegalArgumentException _) {
                // no id of anything
            }
        }
        return Optional.empty();
    }

    private static Action action(HttpServletRequest request) {
        return switch (request.getMethod()) {
            case "GET", "HEAD" -> Action.READ;
            case "DELETE" -> Action.DELETE;
            default -> Action.CHANGE; // a method's name, not an enum
        };
    }

    private void write() {
        while (running) {
            try {
                write(looks.take());
            } catch (InterruptedException e) {
                return; // stopping
            } catch (RuntimeException e) {
                // nothing was shown, so nobody is kept from anything; the next one may succeed
                lost.increment();
                log.error(
                        "A refused look cannot be written down: {}",
                        e.getClass().getSimpleName());
            }
        }
    }

    private void write(Look look) {
        look.path()
                .clientOf()
                .apply(look.id())
                .ifPresent(client -> accessLog.record(AccessEntry.refused(
                        look.caller(),
                        look.action(),
                        List.of(client),
                        new Resource(look.path().kind(), look.id()),
                        look.path().purpose())));
    }

    @Override
    public void start() {
        running = true;
        writer = Thread.ofPlatform().name("refused-looks").daemon().start(this::write);
    }

    @Override
    public void stop() {
        running = false;
        writer.interrupt();
    }

    @Override
    public boolean isRunning() {
        return running;
    }

    /** On the way down before the access log, which it writes to. */
    @Override
    public int getPhase() {
        return 2;
    }
}
