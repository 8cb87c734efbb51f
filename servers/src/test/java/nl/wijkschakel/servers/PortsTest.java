package nl.wijkschakel.servers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;

class PortsTest {

    @Test
    void freePortsDifferAndNobodyListensOnThem() {
        var ports = Ports.free(5);
        assertThat(ports).doesNotHaveDuplicates().noneMatch(Ports::isOpen);
        assertThatCode(() -> Ports.requireFree(ports.getFirst(), "a test")).doesNotThrowAnyException();
    }

    @Test
    void aTakenPortIsNamedWithItsHolder() throws IOException {
        try (var socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> Ports.requireFree(socket.getLocalPort(), "a test"))
                    .withMessageContaining("Port " + socket.getLocalPort() + " for a test is taken by process "
                            + ProcessHandle.current().pid())
                    .withMessageContaining("java");
        }
    }
}
