package io.fourfold.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.expression.Expressions;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.memory.MemoryLog;
import java.time.Clock;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class ChangesTest {

    private static final Did ALICE = new Did("did:fourfold:user:alice");

    private final MemoryLog log = new MemoryLog(Clock.systemUTC());
    private final EngineConfigs configs = new EngineConfigs(log, new Expressions());

    private void learn(Act act, String body) {
        log.append(List.of(Append.of(Draft.of(EngineConfig.THREAD, ALICE, act, Json.parse(body)))));
        configs.catchUp();
    }

    private void rule(String name, String more) {
        learn(Act.LEARN, "{\"topic\":\"routing_rule\",\"name\":\"" + name + "\"," + more + "}");
    }

    private Changes changes() {
        return configs.current().changes();
    }

    @Test
    void aRecordIsKeptWithWhatCameOfIt() {
        rule("a", "\"expression\":\"true\",\"target\":\"did:x:y\",\"priority\":3");
        rule("a", "\"expression\":\"nobody\",\"target\":\"did:x:y\"");
        rule("a", "\"removed\":true");
        Identity a = new Identity("routing_rule", "default", "a");
        assertThat(changes().about(a))
                .extracting(Change::deed)
                .containsExactly(Change.Deed.ENDS, Change.Deed.REFUSED, Change.Deed.SETS);
        assertThat(changes().at(1).orElseThrow().priority()).isEqualTo(3);
        assertThat(changes().at(2).orElseThrow().reason()).startsWith("expression: ");
        assertThat(changes().at(4)).isEmpty();
        assertThat(changes().at(0)).isEmpty();
    }

    @Test
    void aRecordThatConcernsNothingIsNoChange() {
        learn(Act.KNOW, "{\"topic\":\"routing_rule\"}");
        assertThat(changes().count()).isZero();
    }

    @Test
    void afterEachOfThemItStandsAsTheLoaderFoldsIt() {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        String[] ways = {
            "\"expression\":\"true\",\"target\":\"did:x:y\",\"priority\":%d",
            "\"expression\":\"nobody%d\",\"target\":\"did:x:y\"",
            "\"removed\":true",
            "\"enabled\":false"
        };
        for (int i = 0; i < 60; i++) {
            String way = ways[random.nextInt(ways.length)];
            rule("r" + random.nextInt(5), way.formatted(random.nextInt(3)));
            if (random.nextInt(4) == 0) {
                learn(Act.DO, "{}");
            }
        }
        for (long position = 0; position <= log.head(); position++) {
            EngineConfig folded = configs.asOf(position);
            Changes.Standing standing = changes().after(changes().until(position));
            assertThat(standing.inForce())
                    .as("seed " + seed + ", position " + position)
                    .extracting(Change::record)
                    .containsExactlyElementsOf(folded.of(Topic.ROUTING_RULE).stream()
                            .map(Declared::record)
                            .toList());
            assertThat(standing.refused())
                    .as("seed " + seed + ", position " + position)
                    .extracting(Change::record)
                    .containsExactlyElementsOf(
                            folded.refused().stream().map(RefusedRecord::record).toList());
        }
    }
}
