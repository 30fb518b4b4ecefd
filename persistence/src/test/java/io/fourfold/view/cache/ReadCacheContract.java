package io.fourfold.view.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.view.ExecutionRow;
import io.fourfold.view.PhaseRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** What every cache promises. */
abstract class ReadCacheContract {

    static final Shelf<ExecutionRow> EXECUTIONS = Shelf.of(ExecutionRow.class).orElseThrow();

    final AtomicLong nanos = new AtomicLong(1);
    final AtomicInteger loads = new AtomicInteger();

    /** What the database holds. */
    volatile String status = "running";

    abstract ReadCache cache();

    List<ExecutionRow> load() {
        ExecutionRow row = new ExecutionRow();
        row.id = "exec-1";
        row.status = status;
        loads.incrementAndGet();
        return List.of(row);
    }

    String read(ReadCache cache) {
        return cache.get(EXECUTIONS, "exec-1", this::load).getFirst().status;
    }

    static Set<ReadCache.Place> one() {
        return Set.of(new ReadCache.Place(EXECUTIONS, "exec-1"));
    }

    @Test
    void whatIsKeptIsNotLoadedAgain() {
        assertThat(read(cache())).isEqualTo("running");
        assertThat(read(cache())).isEqualTo("running");
        assertThat(loads).hasValue(1);
        assertThat(cache().standing().hits()).isEqualTo(1);
        assertThat(cache().standing().misses()).isEqualTo(1);
        assertThat(cache().standing().failure()).isNull();
    }

    @Test
    void whatIsForgottenIsLoadedAgain() {
        read(cache());
        status = "completed";
        cache().forget(one());
        assertThat(read(cache())).isEqualTo("completed");
        assertThat(loads).hasValue(2);
    }

    @Test
    void afterAClearAllIsLoadedAgain() {
        read(cache());
        status = "completed";
        cache().clear();
        assertThat(read(cache())).isEqualTo("completed");
    }

    @Test
    void aLoadThatAChangeOvertookIsNotKept() {
        String seen = cache().get(EXECUTIONS, "exec-1", () -> {
                    List<ExecutionRow> old = load();
                    status = "completed";
                    cache().forget(one());
                    return old;
                })
                .getFirst()
                .status;
        assertThat(seen).isEqualTo("running");
        assertThat(read(cache())).isEqualTo("completed");
    }

    @Test
    void aLoadThatAClearOvertookIsNotKept() {
        cache().get(EXECUTIONS, "exec-1", () -> {
            List<ExecutionRow> old = load();
            status = "completed";
            cache().clear();
            return old;
        });
        assertThat(read(cache())).isEqualTo("completed");
    }

    @Test
    void whatIsNotThereIsAskedForEachTime() {
        assertThat(cache().get(EXECUTIONS, "exec-1", List::of)).isEmpty();
        assertThat(read(cache())).isEqualTo("running");
    }

    @Test
    void aLoadThatFailsIsNotKept() {
        assertThatThrownBy(() -> cache().get(EXECUTIONS, "exec-1", () -> {
                    throw new IllegalStateException("the database is away");
                }))
                .hasMessage("the database is away");
        assertThat(read(cache())).isEqualTo("running");
    }

    @Test
    void rowsOfSeveralTypesLieApart() {
        read(cache());
        Shelf<PhaseRow> phases = Shelf.of(PhaseRow.class).orElseThrow();
        assertThat(cache().get(phases, "exec-1", List::of)).isEmpty();
        assertThat(phases.keyOf().apply("exec-1/build")).isEqualTo("exec-1");
    }

    @Test
    void aReaderNeverSeesWhatWasBeforeAChangeThatIsOver() {
        ReadCache cache = cache();
        AtomicInteger database = new AtomicInteger();
        AtomicInteger over = new AtomicInteger();
        AtomicBoolean end = new AtomicBoolean();
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        for (int reader = 0; reader < 3; reader++) {
            readers.add(CompletableFuture.runAsync(() -> {
                while (!end.get()) {
                    int least = over.get();
                    int seen = cache.get(EXECUTIONS, "exec-1", () -> {
                                ExecutionRow row = new ExecutionRow();
                                row.toolCalls = database.get();
                                return List.of(row);
                            })
                            .getFirst()
                            .toolCalls;
                    assertThat(seen).isGreaterThanOrEqualTo(least);
                }
            }));
        }
        for (int change = 1; change <= 2_000; change++) {
            database.set(change);
            cache.forget(one());
            over.set(change);
        }
        end.set(true);
        readers.forEach(CompletableFuture::join);
    }
}
