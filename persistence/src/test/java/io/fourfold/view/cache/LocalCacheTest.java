package io.fourfold.view.cache;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class LocalCacheTest extends ReadCacheContract {

    private final LocalCache cache = new LocalCache(nanos::get);

    @Override
    ReadCache cache() {
        return cache;
    }

    @Test
    void nothingIsKeptForLongerThanItsAge() {
        read(cache);
        status = "completed";
        nanos.addAndGet(ReadCache.AGE_MAX.toNanos() - 1);
        assertThat(read(cache)).isEqualTo("running");
        nanos.incrementAndGet();
        assertThat(read(cache)).isEqualTo("completed");
    }

    @Test
    void thoseUsedLastAreKept() {
        for (int i = 0; i < LocalCache.ENTRIES_MAX; i++) {
            cache.get(EXECUTIONS, "exec-" + i, this::load);
        }
        loads.set(0);
        cache.get(EXECUTIONS, "exec-0", this::load);
        cache.get(EXECUTIONS, "another", this::load);
        cache.get(EXECUTIONS, "exec-0", this::load);
        assertThat(loads).hasValue(1);
        cache.get(EXECUTIONS, "exec-1", this::load);
        assertThat(loads).hasValue(2);
    }
}
