package io.fourfold.decision;

import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.trust.Trust;
import io.fourfold.trust.Verdicts;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;

/** Decisions as they are now, read on from the log whenever that may have changed. */
public final class Register {

    private final Log log;
    private final Verdicts verdicts;
    private final Trust trust = new Trust();
    private final DecisionFold fold = new DecisionFold();
    private final ReentrantLock reading = new ReentrantLock();
    private volatile Decisions current = Decisions.NONE;

    public Register(Log log) {
        this.log = log;
        this.verdicts = new Verdicts(log);
    }

    /** No older than any record that was there before the call; one read when nothing was added since. */
    public Decisions now() {
        reading.lock();
        try {
            List<Entry> page = log.thread(Decisions.THREAD, fold.version(), Log.READ_MAX);
            if (page.isEmpty()) {
                return current;
            }
            while (!page.isEmpty()) {
                for (Entry entry : page) {
                    fold.add(entry);
                    verdicts.read(entry).ifPresent(trust::fold);
                }
                page = page.size() < Log.READ_MAX
                        ? List.of()
                        : log.thread(Decisions.THREAD, fold.version(), Log.READ_MAX);
            }
            current = fold.snapshot();
            return current;
        } finally {
            reading.unlock();
        }
    }

    /** How far the proposals of an actor were approved by people, 0 to 1; as of the last {@link #now()}. */
    double trust(Did proposer, String topic, Instant at) {
        return trust.score(proposer, topic, at).score();
    }
}
