package nl.wijkschakel.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PortPlanTest {

    @Test
    void noTwoPartsShareAPortNotEvenWithAllReplicas() {
        var ports = allOf(new PortPlan(0));
        assertThat(ports).doesNotHaveDuplicates().hasSize(46).contains(8080, 8081, 8082, 8083, 8180, 9192, 27117);
    }

    @Test
    void anOffsetMovesEveryPort() {
        var moved = allOf(new PortPlan(10_000));
        assertThat(moved)
                .containsExactlyElementsOf(allOf(new PortPlan(0)).stream()
                        .map(port -> port + 10_000)
                        .toList());
    }

    @Test
    void refusesWhatLeavesTheRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> new PortPlan(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> new PortPlan(40_000));
        assertThatIllegalArgumentException().isThrownBy(() -> new PortPlan(0).service(Service.CLIENT, 10));
    }

    private static List<Integer> allOf(PortPlan plan) {
        var ports = new ArrayList<>(
                List.of(plan.keycloak(), plan.brp(), plan.kafka(), plan.kafkaController(), plan.mongod(), plan.smtp()));
        ports.add(plan.service(Service.GATEWAY, 0));
        for (var service : Service.values()) {
            for (int replica = service == Service.GATEWAY ? 1 : 0; replica <= 9; replica++) {
                ports.add(plan.service(service, replica));
            }
        }
        return ports.stream().sorted().toList();
    }
}
