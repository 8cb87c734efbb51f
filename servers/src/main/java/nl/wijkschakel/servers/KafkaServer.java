package nl.wijkschakel.servers;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.jspecify.annotations.Nullable;

/**
 * A real Kafka broker of one node (KRaft: broker and controller in one), in a process of its own from this JVM's class
 * path. Topics are created by name and never by accident: a misspelt one is an error. Where KAFKA_BOOTSTRAP_SERVERS names
 * brokers, those are used and nothing is started.
 */
public final class KafkaServer implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** Formatting wants one; each folder is a cluster of its own, so that it may be the same everywhere. */
    private static final String CLUSTER = "d2lqa3NjaGFrZWwtMDAwMQ";

    private static @Nullable KafkaServer ofTests;

    private final String bootstrapServers;
    private final @Nullable Own own;

    private record Own(ServerProcess process, int port, int controllerPort) {}

    private KafkaServer(String bootstrapServers, @Nullable Own own) {
        this.bootstrapServers = bootstrapServers;
        this.own = own;
    }

    /** The one that all tests in this JVM share. It starts without topics and goes with the JVM, and its data with it. */
    public static synchronized KafkaServer ofTests() {
        if (ofTests == null) {
            try {
                ofTests = startForTests();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return ofTests;
    }

    private static KafkaServer startForTests() throws IOException {
        var folder = TestFolder.create("kafka");
        var ports = Ports.free(2);
        var server = start(folder.data(), ports.getFirst(), ports.getLast());
        AtExit.run(() -> {
            server.kill();
            folder.delete();
        });
        return server;
    }

    /** For tests: with the log beside the data; in a container, which holds the data, where tests run their servers so. */
    public static KafkaServer start(Path data, int port, int controllerPort) throws IOException {
        if (ServerProcess.inContainers()) {
            return started(inContainer(port, controllerPort), port, controllerPort);
        }
        return start(ServerFiles.beside(data), port, controllerPort);
    }

    public static KafkaServer start(ServerFiles files, int port, int controllerPort) throws IOException {
        var given = System.getenv("KAFKA_BOOTSTRAP_SERVERS");
        if (given != null && !given.isBlank()) {
            return new KafkaServer(given, null);
        }
        var data = Files.createDirectories(files.data());
        var properties = Files.writeString(
                data.resolveSibling(data.getFileName() + ".properties"),
                properties("127.0.0.1", port, controllerPort, data.toString().replace('\\', '/')));
        var process = new ChildProcess("Kafka", command(properties, data), Map.of(), files.log(), files.record());
        return started(process, port, controllerPort);
    }

    private static KafkaServer started(ServerProcess process, int port, int controllerPort) throws IOException {
        var server = new KafkaServer("127.0.0.1:" + port, new Own(process, port, controllerPort));
        server.start();
        return server;
    }

    /** Starts it again on the same data and ports, after {@link #stop} or {@link #kill}. */
    public void start() throws IOException {
        var broker = own();
        Ports.requireFree(broker.port(), "Kafka");
        Ports.requireFree(broker.controllerPort(), "Kafka's controller");
        broker.process().start();
        try {
            broker.process().await(PATIENCE, () -> Ports.isOpen(broker.port()));
            broker.process().await(PATIENCE, this::answers);
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

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** Its own process; empty where KAFKA_BOOTSTRAP_SERVERS names the brokers, in a container, or while it does not run. */
    public Optional<Long> pid() {
        return Optional.ofNullable(own)
                .map(Own::process)
                .filter(ChildProcess.class::isInstance)
                .map(ChildProcess.class::cast)
                .filter(ChildProcess::isAlive)
                .map(ChildProcess::pid);
    }

    /** Creates those of the topics that do not exist yet. */
    public void createTopics(int partitions, String... names) {
        createTopics(partitions, Arrays.asList(names));
    }

    /** Creates those of the topics that do not exist yet. */
    public void createTopics(int partitions, Collection<String> names) {
        try (var admin = admin()) {
            var created = admin.createTopics(names.stream()
                    .map(name -> new NewTopic(name, Optional.of(partitions), Optional.empty()))
                    .toList());
            for (var topic : created.values().values()) {
                topic.get(30, TimeUnit.SECONDS);
            }
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw new IllegalStateException("topics " + names + " cannot be created", e.getCause());
            }
        } catch (TimeoutException e) {
            throw new IllegalStateException("no answer to the creation of topics " + names, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() {
        if (own != null) {
            stop();
        }
    }

    private Own own() {
        if (own == null) {
            throw new IllegalStateException("KAFKA_BOOTSTRAP_SERVERS names brokers that are not ours to start or end");
        }
        return own;
    }

    private Admin admin() {
        return Admin.create(Map.of(
                AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG,
                5_000,
                AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG,
                20_000));
    }

    private boolean answers() {
        try (var admin = admin()) {
            return !admin.describeCluster().nodes().get(20, TimeUnit.SECONDS).isEmpty();
        } catch (ExecutionException | TimeoutException _) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private static List<String> command(Path properties, Path data) throws IOException {
        var logging = Files.writeString(data.resolveSibling(data.getFileName() + ".logback.xml"), LOGGING);
        return new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:+UseCompactObjectHeaders",
                "-XX:TieredStopAtLevel=1",
                "-Xms64m",
                "-Xmx192m",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dlogback.configurationFile=" + logging,
                "-cp",
                absoluteClassPath(),
                BrokerProcess.class.getName(),
                properties.toString(),
                data.toString(),
                CLUSTER));
    }

    /** Runs in our own image as in the official one: both have these scripts, which take these variables. */
    private static ContainerProcess inContainer(int port, int controllerPort) {
        return new ContainerProcess(
                "Kafka",
                "KAFKA_IMAGE",
                "wijkschakel/kafka:test",
                port,
                Map.of(
                        "KAFKA_HEAP_OPTS",
                        "-Xms64m -Xmx192m",
                        "KAFKA_JVM_PERFORMANCE_OPTS",
                        "-XX:+UseSerialGC -XX:TieredStopAtLevel=1",
                        "KAFKA_OPTS",
                        "-Dlogback.configurationFile=/tmp/logback.xml"),
                Map.of(
                        "/tmp/server.properties",
                        properties("0.0.0.0", port, controllerPort, "/tmp/kafka"),
                        "/tmp/logback.xml",
                        LOGGING),
                List.of("sh", "-c", """
                        set -e
                        cd /opt/kafka/bin
                        [ -e /tmp/kafka/meta.properties ] || ./kafka-storage.sh format -t %s -c /tmp/server.properties
                        exec ./kafka-server-start.sh /tmp/server.properties
                        """.formatted(CLUSTER)));
    }

    private static String absoluteClassPath() {
        return String.join(
                File.pathSeparator,
                Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }

    /** Whoever's class path this is may log at another level; the broker says what is wrong and no more. */
    private static final String LOGGING = """
            <configuration>
              <appender name="out" class="ch.qos.logback.core.ConsoleAppender">
                <encoder><pattern>%d{HH:mm:ss.SSS} %-5level %logger{20} %msg%n</pattern></encoder>
              </appender>
              <root level="WARN"><appender-ref ref="out"/></root>
            </configuration>
            """;

    /** Small: a few partitions and buffers, where the defaults are meant for a machine of its own. */
    private static String properties(String bindAddress, int port, int controllerPort, String data) {
        return """
                process.roles=broker,controller
                node.id=1
                controller.quorum.voters=1@127.0.0.1:%2$d
                listeners=PLAINTEXT://%4$s:%1$d,CONTROLLER://127.0.0.1:%2$d
                advertised.listeners=PLAINTEXT://127.0.0.1:%1$d
                controller.listener.names=CONTROLLER
                listener.security.protocol.map=CONTROLLER:PLAINTEXT,PLAINTEXT:PLAINTEXT
                log.dirs=%3$s
                auto.create.topics.enable=false
                num.partitions=6
                default.replication.factor=1
                offsets.topic.replication.factor=1
                offsets.topic.num.partitions=3
                transaction.state.log.replication.factor=1
                transaction.state.log.num.partitions=3
                transaction.state.log.min.isr=1
                share.coordinator.state.topic.replication.factor=1
                share.coordinator.state.topic.num.partitions=3
                share.coordinator.state.topic.min.isr=1
                group.initial.rebalance.delay.ms=0
                num.network.threads=2
                num.io.threads=4
                background.threads=2
                log.cleaner.threads=1
                log.cleaner.dedupe.buffer.size=4194304
                log.index.size.max.bytes=1048576
                """.formatted(port, controllerPort, data, bindAddress);
    }
}
