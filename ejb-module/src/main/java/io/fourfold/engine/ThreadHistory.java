package io.fourfold.engine;

import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import io.fourfold.query.Filter;
import io.fourfold.query.sql.RecordSearch;
import io.fourfold.view.ThreadRow;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;

/** Threads as they stood at a position, or as one sees them who may not see every record: folded from the log anew. */
public final class ThreadHistory {

    /** Threads folded for one answer. */
    public static final int FOLDED_MAX = 500;

    /**
     * Whose records count.
     *
     * @param position up to here
     * @param filter   the same in a query
     * @param visible  which of them
     */
    public record View(long position, Filter filter, Predicate<Entry> visible) {}

    /** @param last where to go on from; empty at the end */
    public record Threads(List<ThreadRow> rows, OptionalLong last) {}

    private final Log log;
    private final RecordSearch search;

    public ThreadHistory(Log log, RecordSearch search) {
        this.log = log;
        this.search = search;
    }

    /** Empty when none of the thread's records counts. */
    public Optional<ThreadRow> state(ThreadId thread, View view) {
        return state(log, thread, view);
    }

    static Optional<ThreadRow> state(Log log, ThreadId thread, View view) {
        ThreadState fold = new ThreadState();
        ThreadRow row = null;
        long version = 0;
        List<Entry> page;
        do {
            page = log.thread(thread, version, Log.READ_MAX);
            for (Entry entry : page) {
                if (entry.position() > view.position()) {
                    return Optional.ofNullable(row);
                }
                row = view.visible().test(entry) ? fold.fold(thread.value(), row, entry) : row;
            }
            version += page.size();
        } while (!page.isEmpty());
        return Optional.ofNullable(row);
    }

    /** The lately used first; {@code below} is where the reader was. May give fewer than there is room for. */
    public Threads list(View view, long below, int limit, Predicate<ThreadRow> wanted) {
        List<ThreadRow> rows = new ArrayList<>();
        List<RecordSearch.Last> threads = search.threads(view.filter(), below, FOLDED_MAX);
        for (RecordSearch.Last thread : threads) {
            state(new ThreadId(thread.thread()), view).filter(wanted).ifPresent(rows::add);
            if (rows.size() == limit) {
                return new Threads(rows, OptionalLong.of(thread.position()));
            }
        }
        boolean more = threads.size() == FOLDED_MAX;
        return new Threads(
                rows, more ? OptionalLong.of(threads.get(FOLDED_MAX - 1).position()) : OptionalLong.empty());
    }
}
