package io.fourfold.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Where appends wait for their commit, first come first served, bounded in number and in bytes. */
final class WaitingRoom {

    /** Appends that may wait at once. */
    static final int APPENDS_MAX = 10_000;

    /** Bytes that may wait at once, except that a single append may be larger. */
    static final long BYTES_MAX = 256L * 1024 * 1024;

    /** What a record takes beside its body. */
    static final int DRAFT_BYTES = 256;

    private final int appendsMax;
    private final long bytesMax;
    private final Queue<WaitingAppend> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger size = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();

    WaitingRoom(int appendsMax, long bytesMax) {
        this.appendsMax = appendsMax;
        this.bytesMax = bytesMax;
    }

    boolean enter(WaitingAppend append) {
        int appends = size.incrementAndGet();
        long total = bytes.addAndGet(append.bytes());
        if (appends > appendsMax || appends > 1 && total > bytesMax) {
            leave(append);
            return false;
        }
        return queue.add(append);
    }

    private void leave(WaitingAppend append) {
        size.decrementAndGet();
        bytes.addAndGet(-append.bytes());
    }

    /** Only for the caller that commits. */
    List<WaitingAppend> nextGroup(int groupMax, long groupBytesMax) {
        List<WaitingAppend> group = new ArrayList<>();
        long total = 0;
        for (WaitingAppend next = queue.peek(); next != null && group.size() < groupMax; next = queue.peek()) {
            total += next.bytes();
            if (total > groupBytesMax && !group.isEmpty()) {
                break;
            }
            group.add(queue.remove());
            leave(next);
        }
        return group;
    }

    void wakeFirst() {
        WaitingAppend first = queue.peek();
        if (first != null) {
            first.wake();
        }
    }

    boolean isEmpty() {
        return queue.isEmpty();
    }

    int size() {
        return size.get();
    }
}
