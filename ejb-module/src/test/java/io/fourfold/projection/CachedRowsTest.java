package io.fourfold.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.engine.ProjectionRows;
import io.fourfold.engine.Projector;
import io.fourfold.engine.Share;
import io.fourfold.expression.Expressions;
import io.fourfold.kit.Projection;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import io.fourfold.log.jpa.TestJpa;
import io.fourfold.log.memory.MemoryLog;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.PhaseRow;
import io.fourfold.view.ThreadRow;
import io.fourfold.view.Views;
import io.fourfold.view.cache.LocalCache;
import io.fourfold.view.cache.ReadCache;
import io.fourfold.view.cache.RedisCache;
import io.fourfold.view.cache.RedisProcess;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What is read by key is what was folded, whoever folded it and whatever becomes of Redis. */
@Tag("machine")
class CachedRowsTest {

    private final Log log = new MemoryLog(Clock.systemUTC());
    private final Log unfolded = new MemoryLog(Clock.systemUTC());
    private TestJpa database;

    /** One server: its cache, what it reads, and its projector. */
    private final class Server {
        private final ReadCache cache;
        private final Views views;
        private final Projector projector;

        Server(ReadCache cache) {
            this(cache, () -> {});
        }

        /** @param meanwhile happens between reading a batch and folding it */
        Server(ReadCache cache, Runnable meanwhile) {
            this.cache = cache;
            this.views = new Views(database.units(), cache);
            ProjectionRows rows = new Late(new FoldedRows(database.source()), meanwhile);
            this.projector = new Projector(log, new CachedRows(rows, cache), ReadModels.over(log, new Expressions()));
        }

        void catchUp() {
            while (projector.turn() > 0) {
                assertThat(projector.standings())
                        .allSatisfy(s -> assertThat(s.failure()).isNull());
            }
        }

        Map<String, String> seen(List<String> executions) {
            return executions.stream().collect(Collectors.toMap(Function.identity(), this::seen));
        }

        private String seen(String id) {
            return views.find(ExecutionRow.class, id)
                    .map(row -> row.status + " " + row.version + " "
                            + views.phases(id).stream()
                                    .map(phase -> phase.status + phase.version)
                                    .toList())
                    .orElse("none");
        }
    }

    private record Late(FoldedRows rows, Runnable meanwhile) implements ProjectionRows {
        @Override
        public Map<String, Long> fold(List<Share<?>> shares, long before, long position) {
            meanwhile.run();
            return rows.fold(shares, before, position);
        }

        @Override
        public long position(String projection) {
            return rows.position(projection);
        }

        @Override
        public void park(Projection<?> projection, Entry entry, String reason) {
            rows.park(projection, entry, reason);
        }

        @Override
        public List<Parked> parked(String projection, int limit) {
            return rows.parked(projection, limit);
        }
    }

    @BeforeEach
    void open() {
        database = TestJpa.fresh();
        SampleLog.write(unfolded, SampleLog.of(12, 1));
    }

    @AfterEach
    void close() {
        database.close();
    }

    /** Writes a little of the sample at a time; between, both are asked for everything. */
    private void compared(Server folding, Server following, Runnable atHalf) {
        Server truth = new Server(ReadCache.NONE);
        List<Entry> all = unfolded.after(0, Log.READ_MAX);
        List<String> executions = all.stream()
                .map(entry -> entry.draft().thread().value())
                .filter(thread -> thread.startsWith("th_execution."))
                .map(thread -> thread.substring("th_execution.".length()))
                .distinct()
                .toList();
        assertThat(executions).isNotEmpty();
        for (int from = 0; from < all.size(); from += 17) {
            SampleLog.write(
                    log,
                    all.subList(from, Math.min(all.size(), from + 17)).stream()
                            .map(Entry::draft)
                            .toList());
            if (from <= all.size() / 2 && from + 17 > all.size() / 2) {
                atHalf.run();
            }
            folding.catchUp();
            following.catchUp();
            Map<String, String> expected = truth.seen(executions);
            assertThat(folding.seen(executions)).isEqualTo(expected);
            assertThat(following.seen(executions)).isEqualTo(expected);
        }
        assertThat(truth.seen(executions).values()).noneMatch("none"::equals);
    }

    @Test
    void eachServerForgetsWhatAnotherFolded() {
        Server one = new Server(new LocalCache(System::nanoTime));
        Server other = new Server(new LocalCache(System::nanoTime));
        compared(one, other, () -> {});
        assertThat(other.cache.standing().hits()).isPositive();
    }

    private void known(String thread) {
        log.append(List.of(Append.of(
                Draft.of(new ThreadId(thread), new Did("did:fourfold:user:it"), Act.KNOW, Json.parse("{\"n\":1}")))));
    }

    private static long records(Server server) {
        return server.views.find(ThreadRow.class, "th_one").orElseThrow().records;
    }

    @Test
    void aServerThatFindsAnotherFurtherThanItselfForgetsAllTheSame() {
        Server one = new Server(new LocalCache(System::nanoTime));
        AtomicBoolean further = new AtomicBoolean();
        Server other = new Server(new LocalCache(System::nanoTime), () -> {
            if (further.getAndSet(false)) {
                known("th_one");
                one.catchUp();
            }
        });
        known("th_one");
        one.catchUp();
        other.catchUp();
        assertThat(records(other)).isEqualTo(1);
        further.set(true);
        known("th_other");
        other.catchUp();
        assertThat(records(other)).isEqualTo(2);
    }

    @Test
    void answersAreRightWhileRedisIsKilledAndComesBack() {
        try (RedisProcess redis = RedisProcess.assumed();
                RedisCache here = redis(redis);
                RedisCache there = redis(redis)) {
            compared(new Server(here), new Server(there), () -> {
                redis.kill();
                redis.start();
            });
            assertThat(here.standing().hits() + there.standing().hits()).isPositive();
        }
    }

    private static RedisCache redis(RedisProcess redis) {
        return new RedisCache(redis.url(), () -> "test", () -> UUID.randomUUID().toString(), System::nanoTime);
    }

    @Test
    void whatIsFoldedAgainIsReadAnew() {
        Server server = new Server(new LocalCache(System::nanoTime));
        SampleLog.write(log, SampleLog.of(1, 1));
        server.catchUp();
        String id = server.views
                .page(PhaseRow.class, Views.where(), "r.id", 1, 1)
                .items()
                .getFirst()
                .executionId;
        server.views.find(ExecutionRow.class, id).orElseThrow().status = "spoilt";
        try (Rebuilds rebuilds = new Rebuilds(
                database.source(),
                log,
                () -> ReadModels.over(log, new Expressions()),
                server.projector,
                server.cache::clear,
                Clock.systemUTC())) {
            rebuilds.start("execution_list");
            while (!rebuilds.of("execution_list").orElseThrow().isOver()) {
                Thread.onSpinWait();
            }
        }
        assertThat(server.views.find(ExecutionRow.class, id).orElseThrow().status)
                .isNotEqualTo("spoilt");
    }
}
