package io.fourfold.engine;

import io.fourfold.log.Append;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.ThreadId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/** Notes what is read and the size of each group, and fails or waits before a commit when a test says so. */
public final class WatchedLog implements Log {

    private final Log log;
    private final List<Integer> groups = new CopyOnWriteArrayList<>();
    private final List<ThreadId> begun = new CopyOnWriteArrayList<>();
    private volatile Runnable beforeCommit = () -> {};
    private volatile Runnable beforeRead = () -> {};

    public WatchedLog(Log log) {
        this.log = log;
    }

    /** Once, before the next read of what follows a position. */
    void beforeRead(Runnable action) {
        beforeRead = action;
    }

    void beforeCommit(Runnable action) {
        beforeCommit = action;
    }

    List<Integer> groups() {
        return groups;
    }

    /** How often a thread was read from its beginning. */
    public long begun(ThreadId thread) {
        return begun.stream().filter(thread::equals).count();
    }

    @Override
    public List<Receipt> append(List<Append> group) {
        groups.add(group.size());
        beforeCommit.run();
        return log.append(new ArrayList<>(group));
    }

    @Override
    public List<Entry> after(long position, int limit) {
        Runnable action = beforeRead;
        beforeRead = () -> {};
        action.run();
        return log.after(position, limit);
    }

    @Override
    public List<Entry> thread(ThreadId thread, long fromVersion, int limit) {
        if (fromVersion == 0) {
            begun.add(thread);
        }
        return log.thread(thread, fromVersion, limit);
    }

    @Override
    public Optional<Entry> find(EntryId id) {
        return log.find(id);
    }

    @Override
    public long head() {
        return log.head();
    }
}
