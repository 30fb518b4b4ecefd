package io.fourfold.fleet;

import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** What is frozen now, read on from the log whenever it may have changed. */
public final class FleetControl {

    private static final System.Logger LOGGER = System.getLogger(FleetControl.class.getName());

    private final Log log;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Fleet current = Fleet.CLEAR;
    private long version;

    public FleetControl(Log log) {
        this.log = log;
    }

    /** As of the last {@link #catchUp}. */
    public Fleet current() {
        return current;
    }

    /** Folds what was added since; one read when nothing was. A record that cannot be read is warned of. */
    public void catchUp() {
        reading.lock();
        try {
            List<Entry> page;
            do {
                page = log.thread(Fleet.THREAD, version, Log.READ_MAX);
                Fleet folded = current;
                for (Entry entry : page) {
                    warn(entry);
                    folded = folded.fold(entry);
                }
                current = folded;
                version += page.size();
            } while (page.size() == Log.READ_MAX);
        } finally {
            reading.unlock();
        }
    }

    private static void warn(Entry entry) {
        if (Fleet.concerns(entry)) {
            Fleet.fault(entry.body())
                    .ifPresent(fault -> LOGGER.log(
                            Level.WARNING,
                            "What is said about the fleet is not understood and changes nothing: {0} (record {1})",
                            fault,
                            entry.id().hex()));
        }
    }
}
