package io.fourfold.engine;

import io.fourfold.log.Cursor;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import java.util.List;
import java.util.function.Consumer;

/**
 * A reader of the log with a name and a durable cursor. It meets every entry at least once and in order: after a crash
 * between reading and storing the cursor, a batch comes again.
 */
public final class Tail {

    private final String name;
    private final Log log;
    private final Cursor cursor;
    private long position;
    private boolean loaded;

    /** For one thread at a time. */
    public Tail(String name, Log log, Cursor cursor) {
        this.name = name;
        this.log = log;
        this.cursor = cursor;
    }

    public String name() {
        return name;
    }

    /**
     * Hands over the next entries, at most {@code limit}, and remembers them when the reader returns; when it throws,
     * they come again. Returns how many there were.
     */
    public int poll(Consumer<List<Entry>> reader, int limit) {
        if (!loaded) {
            position = cursor.load();
            loaded = true;
        }
        List<Entry> entries = log.after(position, limit);
        if (entries.isEmpty()) {
            return 0;
        }
        reader.accept(entries);
        long last = entries.get(entries.size() - 1).position();
        cursor.store(last);
        position = last;
        return entries.size();
    }

    /** Entries of the log this reader has not met yet. */
    public long lag() {
        return log.head() - (loaded ? position : cursor.load());
    }
}
