package nl.wijkschakel.servers;

import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Waits for what another process does, which announces it in no other way. */
final class Await {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    private static final Duration TO_DIE = Duration.ofSeconds(10);

    /** Whether the condition came true within the time */
    static boolean until(Duration patience, BooleanSupplier condition) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > patience.toNanos()) {
                return false;
            }
            try {
                Thread.sleep(BETWEEN_LOOKS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while waiting", e);
            }
        }
        return true;
    }

    /**
     * Waits for processes that were killed. Not for ever: one whose parent never asks after it stays listed, though it holds
     * nothing any more.
     */
    static void ended(List<ProcessHandle> killed) {
        boolean _ = until(TO_DIE, () -> killed.stream().noneMatch(ProcessHandle::isAlive));
    }

    private Await() {}
}
