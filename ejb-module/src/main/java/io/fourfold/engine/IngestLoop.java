package io.fourfold.engine;

import io.fourfold.log.Append;
import io.fourfold.log.Draft;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import io.fourfold.log.Refusal.Code;
import io.fourfold.log.ThreadId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;

/**
 * Group commit by flat combining: the first caller commits for all who came meanwhile, in the order they came. Alone, a
 * caller commits at once. Rings after the commit, once per group, and not for records that were stored before.
 */
public final class IngestLoop implements Loop {

    /** Appends in one commit. */
    public static final int GROUP_MAX = 1_000;

    /** Size of one commit, except that a single append may be larger. */
    public static final int GROUP_BYTES_MAX = 8 * 1024 * 1024;

    private static final int RETRY_AFTER_SECONDS = 1;

    private final Log log;
    private final Doorbell doorbell;
    private final WaitingRoom room;
    private final AtomicBoolean leading = new AtomicBoolean();

    public IngestLoop(Log log, Doorbell doorbell) {
        this(log, doorbell, new WaitingRoom(WaitingRoom.APPENDS_MAX, WaitingRoom.BYTES_MAX));
    }

    IngestLoop(Log log, Doorbell doorbell, WaitingRoom room) {
        this.log = log;
        this.doorbell = doorbell;
        this.room = room;
    }

    @Override
    public String name() {
        return "ingest";
    }

    /** Commits one group if somebody waits and nobody else commits; returns its appends. */
    @Override
    public int turn(Instant now) {
        return room.isEmpty() ? 0 : Math.max(0, commitUnlessBusy());
    }

    /**
     * Returns when the append is on disk or refused; refuses with OVERLOADED when too many wait.
     *
     * @throws io.fourfold.log.LogUnavailable to every caller of the group
     */
    public Receipt submit(Append append) {
        WaitingAppend mine = new WaitingAppend(append, Thread.currentThread());
        if (!room.enter(mine)) {
            return overloaded();
        }
        commitUntilAnswered(mine);
        return mine.answer();
    }

    /**
     * Submits all at once, each decided on its own, in order, and answered in its place; what finds no room or no
     * storage
     * is refused there, the others go on.
     */
    public List<Receipt> submitAll(List<Append> appends) {
        List<WaitingAppend> entered = new ArrayList<>(appends.size());
        for (Append append : appends) {
            WaitingAppend mine = new WaitingAppend(append, Thread.currentThread());
            if (!room.enter(mine)) {
                break;
            }
            entered.add(mine);
        }
        if (!entered.isEmpty()) {
            commitUntilAnswered(entered.get(entered.size() - 1));
        }
        List<Receipt> receipts = new ArrayList<>(appends.size());
        entered.forEach(mine -> receipts.add(mine.receipt()));
        while (receipts.size() < appends.size()) {
            receipts.add(overloaded());
        }
        return receipts;
    }

    /** Groups are answered in order, so that when the last append of a caller is answered, all before it are. */
    private void commitUntilAnswered(WaitingAppend mine) {
        boolean interrupted = false;
        while (!mine.isAnswered()) {
            if (commitUnlessBusy() < 0) {
                LockSupport.park(this);
                interrupted |= Thread.interrupted();
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** Appends waiting for a commit, for health and metrics. */
    public int waiting() {
        return room.size();
    }

    /** Returns -1 when another caller commits: it will wake the next one when done. */
    private int commitUnlessBusy() {
        if (!leading.compareAndSet(false, true)) {
            return -1;
        }
        try {
            return commit(room.nextGroup(GROUP_MAX, GROUP_BYTES_MAX));
        } finally {
            leading.set(false);
            room.wakeFirst();
        }
    }

    private int commit(List<WaitingAppend> group) {
        if (group.isEmpty()) {
            return 0;
        }
        try {
            List<Receipt> receipts =
                    log.append(group.stream().map(WaitingAppend::append).toList());
            ring(receipts);
            for (int i = 0; i < group.size(); i++) {
                group.get(i).answer(receipts.get(i));
            }
        } catch (RuntimeException | Error failure) {
            group.forEach(waiting -> waiting.fail(failure));
        }
        wake(group);
        return group.size();
    }

    /** Appends of one caller stand side by side, and one call is enough for them. */
    private static void wake(List<WaitingAppend> group) {
        Thread committing = Thread.currentThread();
        for (int i = 0; i < group.size(); i++) {
            Thread caller = group.get(i).caller();
            boolean more = i + 1 < group.size() && group.get(i + 1).caller() == caller;
            if (!more && caller != committing) {
                group.get(i).wake();
            }
        }
    }

    private void ring(List<Receipt> receipts) {
        Map<ThreadId, Long> lengths = new HashMap<>();
        for (Receipt receipt : receipts) {
            switch (receipt) {
                case Receipt.Stored stored ->
                    stored.items().stream()
                            .filter(item -> !item.duplicate())
                            .map(Receipt.Item::entry)
                            .forEach(entry -> lengths.put(entry.thread(), entry.version() + 1));
                case Receipt.Refused refused -> {}
            }
        }
        if (!lengths.isEmpty()) {
            doorbell.ring(lengths);
        }
    }

    private Receipt overloaded() {
        String message = "Expected room for one more append, but " + room.size() + " are waiting for their commit";
        return new Receipt.Refused(
                new Refusal(Code.OVERLOADED, message, Map.of("retry_after_seconds", RETRY_AFTER_SECONDS)));
    }

    /** About how many bytes an append takes on its way to the disk. */
    static long bytes(Append append) {
        long bytes = 0;
        for (Draft draft : append.drafts()) {
            bytes += WaitingRoom.DRAFT_BYTES + draft.body().canonical().length();
        }
        return bytes;
    }
}
