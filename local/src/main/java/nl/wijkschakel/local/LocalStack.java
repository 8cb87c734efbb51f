package nl.wijkschakel.local;

import com.github.tomakehurst.wiremock.WireMockServer;
import com.icegreen.greenmail.util.GreenMail;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import java.util.stream.Stream;
import nl.wijkschakel.local.Services.Ground;
import nl.wijkschakel.servers.AtExit;
import nl.wijkschakel.servers.KafkaServer;
import nl.wijkschakel.servers.MongoServer;
import nl.wijkschakel.servers.Ports;
import nl.wijkschakel.servers.RunRecord;
import org.jspecify.annotations.Nullable;

/**
 * The whole platform on one machine: mongod, Kafka, Keycloak, the BRP and a mail catcher, and the four services, all on
 * loopback only. MONGODB_URI, KAFKA_BOOTSTRAP_SERVERS and KEYCLOAK_URL name what is used in place of an own part. Tests
 * end parts and start them again.
 */
public final class LocalStack implements AutoCloseable {

    private static final int PARTITIONS = 6;
    private static final List<String> TOPICS = List.of("referral.events.v1", "client.events.v1", "access-log.v1");

    /** A JVM that starts keeps a processor busy: more of them at once are all late. */
    private final Semaphore busy =
            new Semaphore(Math.max(2, Runtime.getRuntime().availableProcessors()));

    private final Settings settings;
    private final Home home;
    private final RunLock lock;
    private final Secrets secrets;
    private final Progress progress;
    private final Services services;
    private final BrpPart brp;
    private final MailPart mail;
    private final Map<Service, List<Part>> replicas = new EnumMap<>(Service.class);
    private volatile @Nullable Part mongod;
    private volatile @Nullable Part kafka;
    private volatile @Nullable Part keycloak;
    private volatile String mongodbUri = "";
    private volatile String bootstrapServers = "";
    private volatile boolean closed;

    private LocalStack(Settings settings, Home home, RunLock lock) throws IOException {
        this.settings = settings;
        this.home = home;
        this.lock = lock;
        this.secrets = Secrets.in(home.secrets(), System.getenv());
        this.progress = new Progress(settings.out());
        this.services = new Services(settings, home, secrets, progress);
        this.brp = new BrpPart(settings.ports().brp());
        this.mail = new MailPart(settings.ports().smtp());
        for (var service : Service.values()) {
            replicas.put(service, new CopyOnWriteArrayList<>());
        }
    }

    /**
     * Starts everything and returns when every part answers. What an earlier launcher of this folder left behind is ended
     * first.
     *
     * @throws IllegalStateException when another stack runs in that folder, a port is taken or a part does not come up
     */
    public static LocalStack start(Settings settings) throws IOException {
        requireJars(settings);
        var home = Home.create(settings.home());
        var lock = RunLock.take(home)
                .orElseThrow(
                        () -> new IllegalStateException("Wijkschakel runs already, with its data in " + home.folder()));
        var stack = new LocalStack(settings, home, lock);
        AtExit.run(stack::close);
        try {
            stack.startAll();
        } catch (IOException | RuntimeException e) {
            stack.close();
            throw e;
        }
        return stack;
    }

    /** As {@link #start}, without what an earlier stack of that folder left, processes and data. */
    public static LocalStack startAnew(Settings settings) throws IOException {
        var home = Home.create(settings.home());
        try (var _ = RunLock.take(home)
                .orElseThrow(() -> new IllegalStateException("A stack runs with its data in " + home.folder()))) {
            endLeftovers(home, new Progress(settings.out()));
            home.forget();
        }
        return start(settings);
    }

    private static void requireJars(Settings settings) {
        for (var service : Service.values()) {
            var jar = service.jar(settings.root());
            if (!Files.exists(jar)) {
                throw new IllegalStateException(jar + " is missing: build it first, as ./wijkschakel start does");
            }
        }
    }

    private void startAll() throws IOException {
        list();
        endLeftovers(home, progress);
        home.keepEarlierLogs();
        requirePorts();
        Together.run(List.of(this::startMongodAndPrepare, this::startKafka, this::startKeycloak, this::startInside));
        Together.run(Stream.of(Service.values())
                .map(service -> (Together.Step) () -> add(service, Map.of()))
                .toList());
    }

    static void endLeftovers(Home home, Progress progress) throws IOException {
        for (var leftover : RunRecord.endLeftovers(home.run())) {
            progress.say(
                    leftover.name(), "ended process " + leftover.process().pid() + ", which an earlier launcher left");
        }
    }

    /** Before anything starts, so that a taken port is the first thing that is said. */
    private void requirePorts() {
        var ports = settings.ports();
        Ports.requireFree(ports.brp(), "the BRP");
        Ports.requireFree(ports.smtp(), "the mail catcher");
        if (given("MONGODB_URI") == null) {
            Ports.requireFree(ports.mongod(), "mongod");
        }
        if (given("KAFKA_BOOTSTRAP_SERVERS") == null) {
            Ports.requireFree(ports.kafka(), "Kafka");
            Ports.requireFree(ports.kafkaController(), "Kafka's controller");
        }
        if (given("KEYCLOAK_URL") == null) {
            Ports.requireFree(ports.keycloak(), "Keycloak");
        }
        for (var service : Service.values()) {
            Ports.requireFree(ports.service(service, 0), service.module());
        }
    }

    private static @Nullable String given(String variable) {
        var value = System.getenv(variable);
        return value == null || value.isBlank() ? null : value;
    }

    private void startMongodAndPrepare() throws IOException {
        int port = settings.ports().mongod();
        var server =
                MongoServer.start(settings.cache(), home.files("mongod"), port, what -> progress.say("mongod", what));
        mongodbUri = server.uri();
        var part = server.binary().isPresent()
                ? new MongodPart(server, "127.0.0.1:" + port, home.log("mongod"))
                : new OutsidePart("mongod", withoutPassword(server.uri()), "MONGODB_URI");
        mongod = part;
        up(part);
        // the gateway's training wants the database, and no other part
        Together.run(Stream.of(Service.values())
                .map(service -> (Together.Step) () -> whenNotTooBusy(() -> services.prepare(service, ground())))
                .toList());
    }

    private static String withoutPassword(String uri) {
        return uri.replaceAll("//[^/@]*@", "//");
    }

    private void startKafka() throws IOException {
        var server = KafkaServer.start(
                home.files("kafka"), settings.ports().kafka(), settings.ports().kafkaController());
        server.createTopics(
                PARTITIONS,
                TOPICS.stream()
                        .flatMap(topic -> Stream.of(topic, topic + ".dead"))
                        .toList());
        bootstrapServers = server.bootstrapServers();
        var part = given("KAFKA_BOOTSTRAP_SERVERS") == null
                ? new KafkaPart(server, home.log("kafka"))
                : new OutsidePart("kafka", server.bootstrapServers(), "KAFKA_BOOTSTRAP_SERVERS");
        kafka = part;
        up(part);
    }

    private void startKeycloak() throws IOException {
        var outside = given("KEYCLOAK_URL");
        var part = outside == null
                ? new KeycloakServer(settings, home, secrets, progress).start()
                : new OutsidePart("keycloak", outside.replaceAll("/+$", ""), "KEYCLOAK_URL");
        keycloak = part;
        up(part);
    }

    private void startInside() throws IOException {
        brp.start();
        up(brp);
        mail.start();
        up(mail);
    }

    private void up(Part part) throws IOException {
        progress.say(part.name(), part.address() + (part.note().isEmpty() ? "" : " (" + part.note() + ")"));
        list();
    }

    /** From the first moment, so that another process can end a stack that is still starting. */
    private synchronized void list() throws IOException {
        if (!closed) {
            Listing.write(home, parts());
        }
    }

    private Ground ground() {
        var issuer = keycloak == null ? "http://localhost:" + settings.ports().keycloak() : keycloak.address();
        return new Ground(mongodbUri, bootstrapServers, issuer);
    }

    private Part add(Service service, Map<String, String> environment) throws IOException {
        var started = Objects.requireNonNull(replicas.get(service));
        var part = services.part(service, started.size(), ground(), environment);
        started.add(part);
        whenNotTooBusy(part::start);
        up(part);
        return part;
    }

    private void whenNotTooBusy(Together.Step step) throws IOException {
        busy.acquireUninterruptibly();
        try {
            step.run();
        } finally {
            busy.release();
        }
    }

    /** Starts one more of a service, on a port of its own; the gateway goes on calling the first. */
    public Part addReplica(Service service) {
        return addReplica(service, Map.of());
    }

    /** Starts one more of a service, with these variables besides. */
    public Part addReplica(Service service, Map<String, String> environment) {
        try {
            return add(service, environment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one that the gateway calls. */
    public Part service(Service service) {
        return services(service).getFirst();
    }

    /** All replicas of the service. */
    public List<Part> services(Service service) {
        return Objects.requireNonNull(replicas.get(service));
    }

    public Part mongod() {
        return Objects.requireNonNull(mongod);
    }

    public Part kafka() {
        return Objects.requireNonNull(kafka);
    }

    public Part keycloak() {
        return Objects.requireNonNull(keycloak);
    }

    /** The BRP, for stubs of a test's own. */
    public WireMockServer brp() {
        return brp.server();
    }

    /** All mail that was sent. */
    public GreenMail mail() {
        return mail.mail();
    }

    /** All parts that were started, in the order in which they depend on each other. */
    public List<Part> parts() {
        return Stream.concat(
                        Stream.of(mongod, kafka, keycloak, brp, mail).filter(Objects::nonNull),
                        Stream.of(Service.values()).flatMap(service -> services(service).stream()))
                .toList();
    }

    /** What a browser opens. */
    public String address() {
        return "http://localhost:" + settings.ports().service(Service.GATEWAY, 0);
    }

    public String issuer() {
        return ground().issuer();
    }

    public String mongodbUri() {
        return mongodbUri;
    }

    public String bootstrapServers() {
        return bootstrapServers;
    }

    /** The secret of the client {@code system}, which stands for another organisation's system. */
    public String systemClientSecret() {
        try {
            return secrets.systemClient();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The folder with what every part says. */
    public Path logs() {
        return home.logs();
    }

    /** Whether the data is new: nobody has called {@link #markLoaded} since it was made. */
    public boolean isNew() {
        return !Files.exists(loaded());
    }

    /** Says that the data is complete, so that no later start loads it again. */
    public void markLoaded() {
        try {
            Files.writeString(loaded(), "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path loaded() {
        return home.data().resolve("loaded");
    }

    /** Whether it is being ended, or has been. */
    boolean isClosed() {
        return closed;
    }

    /** Ends every part, those first that depend on others. The data stays. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        try {
            stop(Stream.of(Service.values())
                    .flatMap(service -> services(service).stream())
                    .toList());
            stop(Stream.of(kafka, keycloak, brp, mail).filter(Objects::nonNull).toList());
            stop(Stream.of(mongod).filter(Objects::nonNull).toList());
            Listing.delete(home);
            lock.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void stop(List<? extends Part> parts) throws IOException {
        Together.run(parts.stream()
                .filter(part -> !(part instanceof OutsidePart))
                .filter(Part::isUp)
                .map(part -> (Together.Step) part::stop)
                .toList());
    }
}
