package io.fourfold.pattern;

import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** The registry as it is now, read on from the log whenever it may have changed. */
public final class Patterns {

    private final Log log;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile PatternRegistry registry = PatternRegistry.EMPTY;
    private long version;

    public Patterns(Log log) {
        this.log = log;
    }

    public PatternRegistry registry() {
        return registry;
    }

    /** Folds what was added since; cheap when nothing was. */
    public void catchUp() {
        reading.lock();
        try {
            List<Entry> page;
            do {
                page = log.thread(PatternRegistry.THREAD, version, Log.READ_MAX);
                PatternRegistry folded = registry;
                for (Entry entry : page) {
                    folded = folded.fold(entry);
                }
                registry = folded;
                version += page.size();
            } while (page.size() == Log.READ_MAX);
        } finally {
            reading.unlock();
        }
    }
}
