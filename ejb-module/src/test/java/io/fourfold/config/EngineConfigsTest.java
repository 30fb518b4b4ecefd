package io.fourfold.config;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.expression.Expressions;
import io.fourfold.kit.HandClock;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.ThreadId;
import io.fourfold.log.jpa.Durability;
import io.fourfold.log.jpa.JpaLog;
import io.fourfold.log.jpa.TestJpa;
import io.fourfold.log.memory.MemoryLog;
import java.text.MessageFormat;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Handler;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineConfigsTest {

    private static final Expressions EXPRESSIONS = new Expressions();
    private static final Did ALICE = new Did("did:fourfold:user:alice");

    /** Held, for loggers are forgotten otherwise; what is refused on purpose is not to be read in every build. */
    private static final Logger WARNINGS = Logger.getLogger(EngineConfigs.class.getName());

    static {
        WARNINGS.setUseParentHandlers(false);
    }

    private final HandClock clock = new HandClock(Instant.parse("2026-03-01T12:00:00Z"));
    private final Log log = new MemoryLog(clock);
    private final EngineConfigs configs = new EngineConfigs(log, EXPRESSIONS);

    private static Entry write(Log log, JsonNode body) {
        Receipt receipt = log.append(List.of(Append.of(Draft.of(EngineConfig.THREAD, ALICE, Act.LEARN, Json.of(body)))))
                .getFirst();
        return ((Receipt.Stored) receipt).entry();
    }

    /** What is in force and what is refused, in a form that can be compared. */
    private record Loaded(Map<Identity, EntryId> inForce, List<RefusedRecord> refused, List<String> rules) {
        static Loaded of(EngineConfig config) {
            return new Loaded(
                    config.byIdentity().entrySet().stream()
                            .collect(Collectors.toMap(
                                    Map.Entry::getKey, e -> e.getValue().record())),
                    config.refused(),
                    config.routingRules().stream()
                            .map(declared -> declared.identity().path())
                            .toList());
        }
    }

    private static JsonNode change(Random random) {
        Topic<?> topic = Topic.IN_ORDER.get(random.nextInt(Topic.IN_ORDER.size()));
        String changes =
                switch (random.nextInt(6)) {
                    case 0 -> "{'enabled':false}";
                    case 1 -> "{'colour':'red'}";
                    case 2 -> "{'priority':'high','expression':'nobody'}";
                    default -> "{}";
                };
        var body = Bodies.with(topic, changes);
        if (topic.reach() == Topic.Reach.NAMED) {
            body.put("name", "n" + random.nextInt(3));
        }
        if (topic == Topic.ROUTING_RULE) {
            body.put("priority", random.nextInt(3));
        }
        return random.nextInt(8) == 0 ? body.retain("topic", "name").put("removed", true) : body;
    }

    private void whatWasLoadedIsFoundAgain(long seed, Log log, HandClock clock) {
        Random random = new Random(seed);
        EngineConfigs configs = new EngineConfigs(log, EXPRESSIONS);
        List<Entry> changes = new ArrayList<>();
        List<Loaded> then = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            clock.pass(Duration.ofSeconds(1));
            changes.add(write(log, change(random)));
            configs.catchUp();
            then.add(Loaded.of(configs.current()));
            log.append(List.of(Append.of(Draft.of(new ThreadId("th_x"), ALICE, Act.KNOW, Json.EMPTY))));
        }
        assertThat(then).as("seed " + seed).anySatisfy(loaded -> assertThat(loaded.refused())
                .isNotEmpty());
        for (int i = 0; i < changes.size(); i++) {
            Entry change = changes.get(i);
            String message = "seed " + seed + ", change " + i;
            assertThat(Loaded.of(configs.asOf(change.position()))).as(message).isEqualTo(then.get(i));
            assertThat(Loaded.of(configs.asOf(change.position() + 1)))
                    .as(message)
                    .isEqualTo(then.get(i));
            assertThat(Loaded.of(configs.asOf(change.recordedAt()))).as(message).isEqualTo(then.get(i));
            assertThat(Loaded.of(configs.asOf(change.recordedAt().plusMillis(900))))
                    .as(message)
                    .isEqualTo(then.get(i));
        }
        assertThat(configs.asOf(0).byIdentity()).isEmpty();
        EngineConfigs anew = new EngineConfigs(log, EXPRESSIONS);
        anew.catchUp();
        assertThat(Loaded.of(anew.current())).as("seed " + seed).isEqualTo(then.getLast());
    }

    @ParameterizedTest
    @ValueSource(longs = {21, 22, 23, 24, 25})
    void asOfAPastMomentItIsWhatWasLoadedThen(long seed) {
        whatWasLoadedIsFoundAgain(seed, log, clock);
    }

    @Test
    void soItIsInTheDatabase() {
        try (TestJpa database = TestJpa.fresh()) {
            Log stored = new JpaLog(database.source(), database.units(), clock, Durability.RELAXED);
            whatWasLoadedIsFoundAgain(31, stored, clock);
        }
    }

    @Test
    void nothingNewLeavesTheSnapshotAsItIs() {
        write(log, Bodies.with(Topic.ROUTING_RULE, "{}"));
        configs.catchUp();
        EngineConfig before = configs.current();
        configs.catchUp();
        assertThat(configs.current()).isSameAs(before);
    }

    @Test
    void aSnapshotNeverChanges() {
        write(log, Bodies.with(Topic.ROUTING_RULE, "{}"));
        configs.catchUp();
        EngineConfig before = configs.current();
        write(log, Bodies.with(Topic.ROUTING_RULE, "{'removed':true}").retain("topic", "name", "removed"));
        configs.catchUp();
        assertThat(before.routingRules()).hasSize(1);
        assertThat(configs.current().routingRules()).isEmpty();
    }

    @Test
    void moreThanOnePageIsRead() {
        List<Append> many = new ArrayList<>();
        for (int i = 0; i < Log.READ_MAX + 1; i++) {
            String body = Bodies.with(Topic.STALL_WINDOW, "{'hours':" + (1 + i % 100) + "}")
                    .toString();
            many.add(Append.of(Draft.of(EngineConfig.THREAD, ALICE, Act.LEARN, Json.parse(body))));
        }
        log.append(many);
        configs.catchUp();
        assertThat(configs.current().position()).isEqualTo(Log.READ_MAX + 1);
        assertThat(configs.asOf(Log.READ_MAX + 1).position()).isEqualTo(Log.READ_MAX + 1);
    }

    @Test
    void aLogThatFailsOnTheSecondPageLosesNothing() {
        for (int i = 0; i < Log.READ_MAX + 1; i++) {
            write(log, Bodies.with(Topic.ROUTING_RULE, "{'name':'n" + i % 7 + "'}"));
        }
        FailingLog failing = new FailingLog(log);
        EngineConfigs read = new EngineConfigs(failing, EXPRESSIONS);
        failing.readsUntilFailure = 1;
        try {
            read.catchUp();
        } catch (IllegalStateException away) {
            assertThat(read.current().routingRules()).isEmpty();
        }
        failing.readsUntilFailure = -1;
        read.catchUp();
        assertThat(read.current().routingRules()).hasSize(7);
        assertThat(read.current().position()).isEqualTo(Log.READ_MAX + 1);
    }

    @Test
    void manyMayCatchUpAtOnceAndEachSeesWhatItWrote() throws Exception {
        try (var threads = Executors.newFixedThreadPool(4)) {
            List<Future<Boolean>> all = new ArrayList<>();
            for (int t = 0; t < 4; t++) {
                String name = "t" + t;
                all.add(threads.submit(() -> {
                    boolean seen = true;
                    for (int i = 0; i < 50; i++) {
                        Entry mine = write(log, Bodies.with(Topic.ROUTING_RULE, "{'name':'" + name + "'}"));
                        configs.catchUp();
                        seen &= configs.current().position() >= mine.position()
                                && configs.current()
                                        .find(new Identity("routing_rule", "default", name))
                                        .orElseThrow()
                                        .record()
                                        .equals(mine.id());
                    }
                    return seen;
                }));
            }
            for (Future<Boolean> one : all) {
                assertThat(one.get()).isTrue();
            }
        }
        assertThat(configs.current().routingRules()).hasSize(4);
    }

    @Test
    void aRefusalIsWarnedOfOnce() {
        List<String> warnings = new ArrayList<>();
        Handler handler = new Handler() {
            @Override
            public void publish(LogRecord said) {
                warnings.add(MessageFormat.format(said.getMessage(), said.getParameters()));
            }

            @Override
            public void flush() {}

            @Override
            public void close() {}
        };
        WARNINGS.addHandler(handler);
        try {
            write(log, Bodies.with(Topic.ROUTING_RULE, "{'target':'bob'}"));
            configs.catchUp();
            configs.asOf(1);
            write(log, Bodies.with(Topic.FOLD_RULE, "{}"));
            configs.catchUp();
        } finally {
            WARNINGS.removeHandler(handler);
        }
        assertThat(warnings).singleElement().satisfies(warning -> assertThat(warning)
                .contains("routing_rule default/a is refused")
                .contains("target: expected did:"));
    }
}
