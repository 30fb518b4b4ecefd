package io.fourfold.audit;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Checks one thread, record by record in order of version, with nothing but its records. */
public final class ThreadChecks {

    private final String thread;
    private final Map<String, Long> clocks = new HashMap<>();
    private long next;
    private long position;

    public ThreadChecks(String thread) {
        this.thread = thread;
    }

    /** What is wrong with the next record: its id, its place, its clock. */
    public List<Finding> next(StoredRow row) {
        List<Finding> found = new ArrayList<>(RowChecks.of(row));
        if (!thread.equals(row.thread())) {
            found.add(Finding.of(row, "Expected a record of " + thread + ", but it is of " + row.thread()));
        }
        if (row.version() != next) {
            found.add(Finding.of(row, "Expected version " + next + " next, but it is " + row.version()));
        }
        if (row.position() <= position) {
            found.add(Finding.of(row, "Expected a position above " + position + ", but it is " + row.position()));
        }
        Long before = clocks.put(row.actor(), row.clock());
        if (before != null && row.clock() <= before) {
            found.add(Finding.of(
                    row, "Expected a clock above " + before + " for " + row.actor() + ", but it is " + row.clock()));
        }
        next = row.version() + 1;
        position = row.position();
        return found;
    }

    /** The version to come. */
    public long version() {
        return next;
    }
}
