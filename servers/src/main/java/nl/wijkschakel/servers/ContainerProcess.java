package nl.wijkschakel.servers;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.AbstractWaitStrategy;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.utility.DockerImageName;

/**
 * A server in a container that Testcontainers starts, and removes with its data when this JVM has ended. It answers on the
 * same port of the loopback address as it would as a child process, because a replica set and a broker tell their clients
 * where they are.
 *
 * <p>The only class that knows Testcontainers, which is on the class path of tests in containers and nowhere else.
 */
final class ContainerProcess implements ServerProcess {

    private static final Duration TO_DIE = Duration.ofSeconds(30);

    private final String name;
    private final GenericContainer<?> container;
    private boolean created;

    /**
     * Starts nothing yet.
     *
     * @param imageVariable the environment variable that may name another image
     * @param files their content by where they lie in the container
     */
    ContainerProcess(
            String name,
            String imageVariable,
            String image,
            int port,
            Map<String, String> environment,
            Map<String, String> files,
            List<String> command) {
        this.name = name;
        this.container = new GenericContainer<>(
                        DockerImageName.parse(Objects.requireNonNullElse(System.getenv(imageVariable), image)))
                .withCommand(command.toArray(String[]::new))
                .withEnv(environment)
                .waitingFor(new LeftToTheServer());
        container.setPortBindings(List.of("127.0.0.1:%1$d:%1$d".formatted(port)));
        files.forEach((path, content) -> container.withCopyToContainer(Transferable.of(content), path));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public synchronized void start() {
        if (created) {
            docker().startContainerCmd(container.getContainerId()).exec();
        } else {
            container.start();
            created = true;
        }
    }

    @Override
    public void stop(Duration patience) {
        try {
            docker().stopContainerCmd(container.getContainerId())
                    .withTimeout((int) patience.toSeconds())
                    .exec();
        } catch (NotModifiedException | NotFoundException _) {
            // it had ended before
        }
    }

    @Override
    public void kill() {
        try {
            docker().killContainerCmd(container.getContainerId()).exec();
        } catch (ConflictException | NotFoundException _) {
            // it had ended before
        }
        boolean _ = Await.until(TO_DIE, () -> !isAlive());
    }

    @Override
    public boolean isAlive() {
        return container.isRunning();
    }

    @Override
    public String tail() {
        var lines = container.getLogs().lines().toList();
        return String.join("\n", lines.subList(Math.max(0, lines.size() - 15), lines.size()));
    }

    private static DockerClient docker() {
        return DockerClientFactory.instance().client();
    }

    /** Whether it is up is asked in the same way as of a child process, see {@link #await}. */
    private static final class LeftToTheServer extends AbstractWaitStrategy {

        @Override
        protected void waitUntilReady() {
            // see above
        }
    }
}
