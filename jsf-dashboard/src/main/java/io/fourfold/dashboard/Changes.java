package io.fourfold.dashboard;

import io.fourfold.config.EngineConfig;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import java.util.List;
import java.util.Optional;

/**
 * The changes of configuration, numbered from 1: the records of its thread.
 *
 * @param count how many there are
 */
record Changes(Log log, long count) {

    static Changes of(Log log, EngineConfig now) {
        List<Entry> last = now.position() == 0 ? List.of() : log.after(now.position() - 1, 1);
        return new Changes(log, last.isEmpty() ? 0 : last.get(0).version() + 1);
    }

    /** Empty for one that there is not. */
    Optional<Entry> at(long number) {
        return number < 1 || number > count
                ? Optional.empty()
                : log.thread(EngineConfig.THREAD, number - 1, 1).stream().findFirst();
    }

    /** How many there had been at a position of the log: positions never fall within a thread. */
    long until(long position) {
        long low = 0;
        long high = count;
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            boolean there =
                    at(middle).map(entry -> entry.position() <= position).orElse(false);
            low = there ? middle : low;
            high = there ? high : middle - 1;
        }
        return low;
    }
}
