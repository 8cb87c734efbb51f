package nl.wijkschakel.referral.insight;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;

class TallyTest {

    private final Tally tally = new Tally();

    @Test
    void p24FewerThanTenPersonsAreNotShown() {
        count(9, "a");
        assertThat(tally.part("a").shown()).isNull();
        count(1, "a");
        assertThat(tally.part("a").shown()).isEqualTo(10);
    }

    @Test
    void p24TenAttemptsOfOnePersonAreOnePerson() {
        var person = UUID.randomUUID();
        for (int i = 0; i < 30; i++) {
            tally.add(person, "a");
        }
        assertThat(tally.part("a").shown()).isNull();
        assertThat(tally.shown()).isNull();
    }

    @Test
    void p24NothingIsFoundBySubtracting() {
        count(20, "a");
        count(3, "b");
        assertThat(tally.part("a").shown()).isEqualTo(20);
        assertThat(tally.shown()).as("23 - 20 would be 3").isNull();
        count(8, "c");
        assertThat(tally.shown()).as("31 - 20 are eleven in two parts").isEqualTo(31);
    }

    @Test
    void p24ThatThereAreNoneIsNotToldEither() {
        count(20, "a");
        tally.part("b");
        assertThat(tally.shown()).as("20 - 20 would be none in b").isNull();
    }

    @Test
    void p24NothingIsFoundOverTwoLevels() {
        count(12, "a", "x");
        count(4, "a", "y");
        count(30, "b", "x");
        assertThat(tally.part("a").shown()).isNull();
        assertThat(tally.shown()).as("46 - 30 - 12 would be 4").isNull();
    }

    /** Whoever subtracts everything shown below a sum from it is left with none, or with ten persons or more. */
    @RepeatedTest(200)
    void p24WhateverTheNumbers(RepetitionInfo repetition) {
        var random = new Random(repetition.getCurrentRepetition());
        var persons = new ArrayList<UUID>();
        for (int i = 0; i < 60; i++) {
            persons.add(UUID.randomUUID());
        }
        var parts = List.of("a", "b", "c");
        parts.forEach(part -> parts.forEach(name -> tally.part(part).part(name)));
        int attempts = random.nextInt(120);
        for (int i = 0; i < attempts; i++) {
            tally.add(
                    persons.get(random.nextInt(persons.size())),
                    parts.get(random.nextInt(3)),
                    parts.get(random.nextInt(random.nextInt(3) + 1)));
        }
        var total = tally.shown();
        if (total != null) {
            long known = 0;
            boolean allKnown = true;
            for (var part : parts) {
                var sum = tally.part(part).shown();
                long below = 0;
                boolean allBelow = true;
                for (var name : parts) {
                    var leaf = tally.part(part).part(name).shown();
                    below += leaf == null ? 0 : leaf;
                    allBelow &= leaf != null;
                }
                if (sum != null && !allBelow) {
                    assertThat(sum - below).isGreaterThanOrEqualTo(10);
                }
                known += sum == null ? below : sum;
                allKnown &= sum != null || allBelow;
            }
            if (!allKnown) {
                assertThat(total - known).isGreaterThanOrEqualTo(10);
            }
        }
    }

    private void count(int persons, String... path) {
        for (int i = 0; i < persons; i++) {
            tally.add(UUID.randomUUID(), path);
        }
    }
}
