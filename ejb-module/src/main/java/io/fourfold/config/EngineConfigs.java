package io.fourfold.config;

import io.fourfold.expression.Expressions;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;

/** The configuration as it is now, read on from the log whenever it may have changed, and as it was. */
public final class EngineConfigs {

    private static final System.Logger LOGGER = System.getLogger(EngineConfigs.class.getName());

    /** Refused records that are warned of one by one. */
    private static final int WARNINGS_MAX = 20;

    private final Log log;
    private final Expressions expressions;
    private final ReentrantLock reading = new ReentrantLock();
    private volatile EngineConfig current = EngineConfig.EMPTY;
    private volatile long version;

    public EngineConfigs(Log log, Expressions expressions) {
        this.log = log;
        this.expressions = expressions;
    }

    /** As of the last {@link #catchUp}; a snapshot never changes. */
    public EngineConfig current() {
        return current;
    }

    /** How long its thread was, at most, when {@link #current} was folded that is read after this. */
    public long length() {
        return version;
    }

    /** Folds what was added since into one new snapshot; one read when nothing was. */
    public void catchUp() {
        reading.lock();
        try {
            List<Entry> page = log.thread(EngineConfig.THREAD, version, Log.READ_MAX);
            if (page.isEmpty()) {
                return;
            }
            ConfigFold fold = new ConfigFold(current, expressions);
            long next = version;
            while (!page.isEmpty()) {
                page.forEach(fold::add);
                next += page.size();
                page = page.size() < Log.READ_MAX ? List.of() : log.thread(EngineConfig.THREAD, next, Log.READ_MAX);
            }
            EngineConfig folded = fold.snapshot();
            warn(current.refused(), folded.refused());
            // The snapshot first: who reads the length before the snapshot must not get more than that holds.
            current = folded;
            version = next;
        } finally {
            reading.unlock();
        }
    }

    private static void warn(List<RefusedRecord> known, List<RefusedRecord> now) {
        Set<RefusedRecord> before = new HashSet<>(known);
        List<RefusedRecord> fresh =
                now.stream().filter(refused -> !before.contains(refused)).toList();
        for (RefusedRecord refused : fresh.subList(Math.max(0, fresh.size() - WARNINGS_MAX), fresh.size())) {
            LOGGER.log(
                    Level.WARNING,
                    "Configuration {0} {1} is refused, and what was in force stays so: {2} (record {3})",
                    refused.identity().topic(),
                    refused.identity().path(),
                    refused.reason(),
                    refused.record().hex());
        }
        if (fresh.size() > WARNINGS_MAX) {
            LOGGER.log(Level.WARNING, "{0} configuration records are refused, these were the latest", fresh.size());
        }
    }

    /** As it was when the log ended at a position, folded anew. */
    public EngineConfig asOf(long position) {
        return folded(entry -> entry.position() <= position);
    }

    /** As it was at a time. */
    public EngineConfig asOf(Instant moment) {
        return folded(entry -> !entry.recordedAt().isAfter(moment));
    }

    /** Times and positions never fall within a thread. */
    private EngineConfig folded(Predicate<Entry> until) {
        ConfigFold fold = new ConfigFold(EngineConfig.EMPTY, expressions);
        long next = 0;
        List<Entry> page;
        do {
            page = log.thread(EngineConfig.THREAD, next, Log.READ_MAX);
            for (Entry entry : page) {
                if (!until.test(entry)) {
                    return fold.snapshot();
                }
                fold.add(entry);
            }
            next += page.size();
        } while (page.size() == Log.READ_MAX);
        return fold.snapshot();
    }

    /**
     * What a record would say if it came now.
     *
     * @throws ConfigFault when it would be refused
     */
    Statement read(String namespace, Json body) {
        return new ConfigFold(current, expressions).read(namespace, body);
    }

    /** As it was after an entry, from how it was before it. */
    public EngineConfig after(EngineConfig before, Entry entry) {
        ConfigFold fold = new ConfigFold(before, expressions);
        fold.add(entry);
        return fold.snapshot();
    }

    /** What would be in force after these; as in the log, what is not valid changes nothing. */
    public EngineConfig after(List<Draft> drafts) {
        ConfigFold fold = new ConfigFold(current, expressions);
        drafts.forEach(fold::suppose);
        return fold.snapshot();
    }
}
