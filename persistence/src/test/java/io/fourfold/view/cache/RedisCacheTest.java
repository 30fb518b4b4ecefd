package io.fourfold.view.cache;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.view.RowTable;
import java.lang.reflect.Field;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("machine")
class RedisCacheTest extends ReadCacheContract {

    private static RedisProcess redis;

    private final String space = UUID.randomUUID().toString();
    private RedisCache cache;
    private RedisCache other;

    @BeforeAll
    static void start() {
        redis = RedisProcess.assumed();
    }

    @AfterAll
    static void stop() {
        if (redis != null) {
            redis.close();
        }
    }

    @BeforeEach
    void open() {
        cache = on(redis.url());
        other = on(redis.url());
        // Each begins an era when it begins.
        other.get(EXECUTIONS, "none", List::of);
        cache.get(EXECUTIONS, "none", List::of);
        cache.get(EXECUTIONS, "none", List::of);
    }

    @AfterEach
    void close() {
        cache.close();
        other.close();
    }

    private RedisCache on(URI url) {
        return new RedisCache(url, () -> space, () -> UUID.randomUUID().toString(), nanos::get);
    }

    @Override
    ReadCache cache() {
        return cache;
    }

    /** The counts begin with those of {@link #open}. */
    @Override
    @Test
    void whatIsKeptIsNotLoadedAgain() {
        long hits = cache.standing().hits();
        read(cache);
        read(cache);
        assertThat(loads).hasValue(1);
        assertThat(cache.standing().hits()).isEqualTo(hits + 1);
        assertThat(cache.standing().failure()).isNull();
    }

    private void pass(int seconds) {
        nanos.addAndGet(seconds * 1_000_000_000L);
    }

    @Test
    void serversShareWhatIsKept() {
        read(cache);
        assertThat(read(other)).isEqualTo("running");
        assertThat(loads).hasValue(1);
        status = "completed";
        other.forget(one());
        assertThat(read(cache)).isEqualTo("completed");
    }

    @Test
    void aServerOnAnotherDatabaseFindsNothing() {
        read(cache);
        status = "of another";
        try (RedisCache stranger = new RedisCache(
                redis.url(), () -> "another", () -> UUID.randomUUID().toString(), nanos::get)) {
            assertThat(read(stranger)).isEqualTo("of another");
        }
        assertThat(read(cache)).isEqualTo("running");
    }

    @Test
    void whatChangedWhileRedisWasDeadIsNotReadAsItWas() {
        read(cache);
        redis.kill();
        status = "completed";
        cache.forget(one());
        assertThat(read(cache)).isEqualTo("completed");
        assertThat(cache.standing().failure()).isNotNull();
        redis.start();
        // The other server's connection broke as well, and it followed the same log.
        other.forget(one());
        assertThat(read(cache)).isEqualTo("completed");
        int before = loads.get();
        pass(RedisLine.PAUSE_SECONDS);
        assertThat(read(cache)).isEqualTo("completed");
        assertThat(read(cache)).isEqualTo("completed");
        assertThat(loads).hasValue(before + 1);
        assertThat(cache.standing().failure()).isNull();
    }

    @Test
    void whatChangedWhileRedisHungIsNotReadAsItWas() {
        read(cache);
        redis.hang();
        try {
            status = "completed";
            cache.forget(one());
            assertThat(read(cache)).isEqualTo("completed");
            assertThat(cache.standing().failure()).isNotNull();
        } finally {
            redis.goOn();
        }
        pass(RedisLine.PAUSE_SECONDS);
        assertThat(read(cache)).isEqualTo("completed");
        assertThat(cache.standing().failure()).isNull();
    }

    @Test
    void nobodyAsksARedisThatIsAwayBeforeThePauseIsOver() {
        redis.kill();
        read(cache);
        redis.start();
        loads.set(0);
        pass(RedisLine.PAUSE_SECONDS - 1);
        read(cache);
        read(cache);
        assertThat(loads).hasValue(2);
        pass(1);
        read(cache);
        read(cache);
        assertThat(loads).hasValue(3);
    }

    @Test
    void readsAreAnsweredThoughThereNeverWasARedis() {
        try (RedisCache alone = on(URI.create("redis://127.0.0.1:1"))) {
            assertThat(read(alone)).isEqualTo("running");
            alone.forget(one());
            status = "completed";
            assertThat(read(alone)).isEqualTo("completed");
            assertThat(alone.standing().failure()).isNotNull();
        }
    }

    @Test
    void aServerThatBeginsFindsNothingFromBefore() {
        read(cache);
        status = "completed";
        try (RedisCache begun = on(redis.url())) {
            assertThat(read(begun)).isEqualTo("completed");
            assertThat(read(cache)).isEqualTo("completed");
        }
    }

    @Test
    void rowsComeBackAsTheyWere() throws ReflectiveOperationException {
        for (Shelf<?> shelf : Shelf.all()) {
            comesBack(shelf);
        }
    }

    private <V> void comesBack(Shelf<V> shelf) throws ReflectiveOperationException {
        V full = shelf.row().getConstructor().newInstance();
        for (Field field : shelf.row().getFields()) {
            field.set(full, sample(field));
        }
        V empty = shelf.row().getConstructor().newInstance();
        RowTable<V> table = RowTable.of(shelf.row());
        cache.get(shelf, "a", () -> List.of(full, empty));
        List<V> back = cache.get(shelf, "a", () -> {
            throw new AssertionError("Expected " + shelf + " to be kept");
        });
        assertThat(table.values(back.get(0))).isEqualTo(table.values(full));
        assertThat(table.values(back.get(1))).isEqualTo(table.values(empty));
    }

    private static Object sample(Field field) {
        String name = field.getName();
        return switch (field.getType().getSimpleName()) {
            case "String" -> "\"[ü] " + name;
            case "long", "Long" -> Long.MAX_VALUE - name.length();
            case "int", "Integer" -> name.length();
            case "boolean", "Boolean" -> true;
            case "BigDecimal" -> new BigDecimal("0.10");
            case "Instant" -> Instant.parse("2026-11-20T12:00:00.123456Z");
            case "List" -> List.of(name, "b");
            case "Map" -> Map.of(name, "1");
            default -> throw new AssertionError("Expected a type of columns, but was " + field);
        };
    }
}
