package nl.wijkschakel.notification.webhook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import nl.wijkschakel.notification.webhook.PublicAddresses.NotPublic;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublicAddressesTest {

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "10.1.2.3",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.0.9",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.168.1.1",
                "198.19.0.1",
                "224.0.0.1",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "fe80::1",
                "fc00::1",
                "fd12:3456::1",
                "ff02::1",
                "::ffff:10.0.0.1",
                "64:ff9b::a00:1",
                "2001::1",
                "2001:db8::1",
                "2002:a00:1::1"
            })
    void whatLiesInsideIsNoTarget(String address) throws UnknownHostException {
        assertThat(PublicAddresses.isPublic(InetAddress.ofLiteral(address))).isFalse();
        assertThatThrownBy(() -> new PublicAddresses(false).resolve(address)).isInstanceOf(NotPublic.class);
        assertThat(new PublicAddresses(true).resolve(address)).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.167.255.255",
                "192.169.0.1",
                "223.255.255.255",
                "2a00:1450:400e::1",
                "2606:4700::1111",
                "::ffff:1.1.1.1"
            })
    void whatLiesOnTheInternetIs(String address) throws UnknownHostException {
        assertThat(PublicAddresses.isPublic(InetAddress.ofLiteral(address))).isTrue();
        assertThat(new PublicAddresses(false).resolve(address)).hasSize(1);
    }

    @Test
    void aNameIsWhereItLeads() {
        assertThatThrownBy(() -> new PublicAddresses(false).resolve("localhost"))
                .isInstanceOf(NotPublic.class)
                .hasMessage("not public");
    }
}
