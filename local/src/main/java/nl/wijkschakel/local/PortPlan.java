package nl.wijkschakel.local;

/**
 * Which part listens where. All ports move together, so that tests run beside a running platform.
 *
 * @param offset added to each port
 */
public record PortPlan(int offset) {

    private static final int HIGHEST = 27_117;

    /** Replicas of the services lie between the services' own ports and Keycloak's. */
    private static final int MOST_REPLICAS = 9;

    public PortPlan {
        if (offset < 0 || HIGHEST + offset > 65_535) {
            throw new IllegalArgumentException("An offset of " + offset + " leaves the range of ports");
        }
    }

    /**
     * Where a replica of a service listens.
     *
     * @param replica 0 is the one that the gateway calls
     */
    public int service(Service service, int replica) {
        if (replica < 0 || replica > MOST_REPLICAS) {
            throw new IllegalArgumentException("There is no port for replica " + replica);
        }
        int first = switch (service) {
            case GATEWAY -> 8080;
            case CLIENT -> 8081;
            case REFERRAL -> 8082;
            case NOTIFICATION -> 8083;
        };
        return first + 10 * replica + offset;
    }

    public int keycloak() {
        return 8180 + offset;
    }

    public int brp() {
        return 8190 + offset;
    }

    public int kafka() {
        return 9192 + offset;
    }

    int kafkaController() {
        return 9193 + offset;
    }

    public int mongod() {
        return HIGHEST + offset;
    }

    public int smtp() {
        return 3125 + offset;
    }
}
