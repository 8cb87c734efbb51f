package nl.wijkschakel.servers;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** The broker's own process: formats the folder once, then is {@code kafka.Kafka}. */
final class BrokerProcess {

    /**
     * Starts the broker.
     *
     * @param arguments the properties file, the data folder and the cluster's id
     */
    public static void main(String[] arguments) {
        endWithTheParent();
        var properties = arguments[0];
        if (!Files.exists(Path.of(arguments[1], "meta.properties"))) {
            int failed = kafka.tools.StorageTool.execute(
                    new String[] {"format", "--ignore-formatted", "-t", arguments[2], "-c", properties}, System.out);
            if (failed != 0) {
                System.exit(failed);
            }
        }
        kafka.Kafka.main(new String[] {properties});
    }

    /** A parent that is killed can end nobody. Halting loses nothing: what was acknowledged is in the system's page cache. */
    private static void endWithTheParent() {
        var parent = ProcessHandle.current().parent();
        Thread.ofPlatform().daemon().name("parent").start(() -> {
            parent.map(ProcessHandle::onExit).ifPresent(CompletableFuture::join);
            Runtime.getRuntime().halt(1);
        });
    }

    private BrokerProcess() {}
}
