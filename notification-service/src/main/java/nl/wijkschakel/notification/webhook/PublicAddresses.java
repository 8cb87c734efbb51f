package nl.wijkschakel.notification.webhook;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.SystemDefaultDnsResolver;

/**
 * Finds the addresses of targets, and none inside: whoever may name a callback URL must not make us call what only we can
 * reach. The connection goes to the addresses that were looked at here, so a name that changes its mind gains nothing.
 */
final class PublicAddresses implements DnsResolver {

    /** What is not for the internet (IANA's special-purpose registries). */
    private static final List<Network> SPECIAL = List.of(
            Network.of("0.0.0.0", 8),
            Network.of("10.0.0.0", 8),
            Network.of("100.64.0.0", 10),
            Network.of("127.0.0.0", 8),
            Network.of("169.254.0.0", 16),
            Network.of("172.16.0.0", 12),
            Network.of("192.0.0.0", 24),
            Network.of("192.0.2.0", 24),
            Network.of("192.88.99.0", 24),
            Network.of("192.168.0.0", 16),
            Network.of("198.18.0.0", 15),
            Network.of("198.51.100.0", 24),
            Network.of("203.0.113.0", 24),
            Network.of("224.0.0.0", 3),
            Network.of("2001::", 23),
            Network.of("2001:db8::", 32),
            Network.of("2002::", 16),
            Network.of("3fff::", 20));

    /** All of IPv6 that is for the internet lies in here. */
    private static final Network GLOBAL_IPV6 = Network.of("2000::", 3);

    private static final int IPV6_BYTES = 16;

    private final boolean anyAddress;

    /** @param anyAddress also the machine's own and its network's; for one machine only */
    PublicAddresses(boolean anyAddress) {
        this.anyAddress = anyAddress;
    }

    /** The name leads to an address that is not for the internet. */
    static final class NotPublic extends UnknownHostException {
        private static final long serialVersionUID = 1;

        NotPublic() {
            super("not public");
        }
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        var found = SystemDefaultDnsResolver.INSTANCE.resolve(host);
        if (!anyAddress) {
            for (var address : found) {
                if (!isPublic(address)) {
                    throw new NotPublic();
                }
            }
        }
        return found;
    }

    @Override
    public String resolveCanonicalHostname(String host) throws UnknownHostException {
        return SystemDefaultDnsResolver.INSTANCE.resolveCanonicalHostname(host);
    }

    static boolean isPublic(InetAddress address) {
        if (SPECIAL.stream().anyMatch(it -> it.contains(address))) {
            return false;
        }
        return address.getAddress().length < IPV6_BYTES || GLOBAL_IPV6.contains(address);
    }

    private record Network(InetAddress address, int bits) {

        static Network of(String address, int bits) {
            return new Network(InetAddress.ofLiteral(address), bits);
        }

        boolean contains(InetAddress other) {
            var mine = address.getAddress();
            var theirs = other.getAddress();
            if (mine.length != theirs.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % Byte.SIZE);
                if ((mine[bit / Byte.SIZE] & mask) != (theirs[bit / Byte.SIZE] & mask)) {
                    return false;
                }
            }
            return true;
        }
    }
}
