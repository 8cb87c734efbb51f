package nl.wijkschakel.servers;

import com.mongodb.MongoCommandException;
import com.mongodb.MongoException;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.bson.Document;
import org.jspecify.annotations.Nullable;

/**
 * A real mongod, as a replica set of one: alone it would refuse transactions and change streams. Where MONGODB_URI names
 * a server, that one is used and nothing is started.
 */
public final class MongoServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int ALREADY_INITIALIZED = 23;

    private static @Nullable MongoServer ofTests;

    private final String uri;
    private final @Nullable Own own;

    /**
     * What is known of a mongod that was started here.
     *
     * @param binary empty in a container, which has its own
     */
    private record Own(Optional<MongodBinary> binary, ServerProcess process, int port) {}

    private MongoServer(String uri, @Nullable Own own) {
        this.uri = uri;
        this.own = own;
    }

    /** The one that all tests in this JVM share. It starts empty and goes with the JVM, and its data with it. */
    public static synchronized MongoServer ofTests() {
        if (ofTests == null) {
            try {
                ofTests = startForTests();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return ofTests;
    }

    private static MongoServer startForTests() throws IOException {
        var folder = TestFolder.create("mongod");
        var server = start(Folders.local(), folder.data(), Ports.free());
        AtExit.run(() -> {
            server.kill();
            folder.delete();
        });
        return server;
    }

    /**
     * For tests: with the log beside the data and progress on standard output; in a container, which holds the data, where
     * tests run their servers so.
     */
    public static MongoServer start(Path cache, Path data, int port) throws IOException {
        if (ServerProcess.inContainers()) {
            return started(Optional.empty(), inContainer(port), port);
        }
        return start(cache, ServerFiles.beside(data), port, System.out::println);
    }

    /**
     * A mongod that is found nowhere is fetched into {@code cache}.
     *
     * @param progress is told when something takes time
     */
    public static MongoServer start(Path cache, ServerFiles files, int port, Consumer<String> progress)
            throws IOException {
        var given = System.getenv("MONGODB_URI");
        if (given != null && !given.isBlank()) {
            return new MongoServer(given, null);
        }
        var mongod = MongodBinary.find(cache, progress);
        var process = new ChildProcess(
                "mongod", command(mongod.path(), files.data(), port), Map.of(), files.log(), files.record());
        Files.createDirectories(files.data());
        return started(Optional.of(mongod), process, port);
    }

    private static MongoServer started(Optional<MongodBinary> binary, ServerProcess process, int port)
            throws IOException {
        var server =
                new MongoServer("mongodb://127.0.0.1:" + port + "/?replicaSet=rs0", new Own(binary, process, port));
        server.start();
        return server;
    }

    /** Starts it again on the same data and port, after {@link #stop} or {@link #kill}. */
    public void start() throws IOException {
        var mongod = own();
        Ports.requireFree(mongod.port(), "mongod");
        mongod.process().start();
        try {
            mongod.process().await(PATIENCE, () -> Ports.isOpen(mongod.port()));
            becomePrimary(mongod);
        } catch (RuntimeException e) {
            kill();
            throw e;
        }
    }

    /** Ends it softly; the data stays. */
    public void stop() {
        own().process().stop(Duration.ofSeconds(30));
    }

    /** As a crash or kill -9 would; the data stays. */
    public void kill() {
        own().process().kill();
    }

    public String uri() {
        return uri;
    }

    /** Its own process; empty where MONGODB_URI names the server, in a container, or while it does not run. */
    public Optional<Long> pid() {
        return Optional.ofNullable(own)
                .map(Own::process)
                .filter(ChildProcess.class::isInstance)
                .map(ChildProcess.class::cast)
                .filter(ChildProcess::isAlive)
                .map(ChildProcess::pid);
    }

    /** Which mongod was started; empty where MONGODB_URI names the server, and in a container. */
    public Optional<MongodBinary> binary() {
        return Optional.ofNullable(own).flatMap(Own::binary);
    }

    /** A database for that test class alone, without what an earlier run may have left. */
    public String emptyDatabase(Class<?> test) {
        try (var client = MongoClients.create(uri)) {
            client.getDatabase(test.getSimpleName()).drop();
        }
        return test.getSimpleName();
    }

    @Override
    public void close() {
        if (own != null) {
            stop();
        }
    }

    private Own own() {
        if (own == null) {
            throw new IllegalStateException("MONGODB_URI names a server that is not ours to start or end");
        }
        return own;
    }

    private static List<String> command(Path mongod, Path data, int port) {
        return Stream.concat(
                        Stream.of(mongod.toString(), "--dbpath", data.toString(), "--bind_ip", "127.0.0.1"),
                        options(port))
                .toList();
    }

    /** Runs in our own image as in the official one: both have mongod on the path and a folder /data/db. */
    private static ContainerProcess inContainer(int port) {
        return new ContainerProcess(
                "mongod",
                "MONGO_IMAGE",
                "wijkschakel/mongod:test",
                port,
                Map.of(),
                Map.of(),
                Stream.concat(Stream.of("mongod", "--bind_ip_all"), options(port))
                        .toList());
    }

    private static Stream<String> options(int port) {
        return Stream.of(
                "--replSet",
                "rs0",
                "--port",
                String.valueOf(port),
                "--nounixsocket",
                "--oplogSize",
                "990",
                "--wiredTigerCacheSizeGB",
                "0.25",
                "--networkMessageCompressors",
                "disabled",
                "--setParameter",
                "ttlMonitorSleepSecs=1",
                "--setParameter",
                "diagnosticDataCollectionEnabled=false");
    }

    private static void becomePrimary(Own mongod) {
        try (var client = MongoClients.create("mongodb://127.0.0.1:" + mongod.port() + "/?directConnection=true")) {
            var admin = client.getDatabase("admin");
            initiate(admin, mongod.port());
            mongod.process().await(PATIENCE, () -> isWritable(admin));
        }
    }

    private static boolean isWritable(MongoDatabase admin) {
        try {
            return admin.runCommand(new Document("hello", 1)).getBoolean("isWritablePrimary", false);
        } catch (MongoException _) {
            return false; // a change of state closes connections
        }
    }

    private static void initiate(MongoDatabase admin, int port) {
        var member = new Document("_id", 0).append("host", "127.0.0.1:" + port);
        try {
            admin.runCommand(
                    new Document("replSetInitiate", new Document("_id", "rs0").append("members", List.of(member))));
        } catch (MongoCommandException e) {
            if (e.getErrorCode() != ALREADY_INITIALIZED) {
                throw e;
            }
        }
    }
}
