package io.fourfold.engine;

import io.fourfold.expression.Facts;
import io.fourfold.fleet.Fleet;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import io.fourfold.task.Task;
import io.fourfold.trust.Score;
import io.fourfold.trust.Trust;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The facts at one moment, for one actor in one namespace: threads and tasks folded from the log when they are asked
 * for, each thread once. For one evaluation after another, not for several at once.
 */
public final class Moment implements Facts {

    /** Records of a thread that are folded for one question; a longer thread is not answered for. */
    static final int THREAD_RECORDS_MAX = 5_000;

    private final Log log;
    private final Trust trust;
    private final Fleet fleet;
    private final Instant now;
    private final Did actor;
    private final String namespace;
    private final Predicate<Entry> visible;
    private final Map<ThreadId, ThreadSummary> threads = new HashMap<>();

    /** @param visible which records count */
    public Moment(
            Log log, Trust trust, Fleet fleet, Instant now, Did actor, String namespace, Predicate<Entry> visible) {
        this.log = log;
        this.trust = trust;
        this.fleet = fleet;
        this.now = now;
        this.actor = actor;
        this.namespace = namespace;
        this.visible = visible;
    }

    @Override
    public Map<String, Object> thread(String id) {
        return threadId(id).map(thread -> summary(thread).variables()).orElse(Map.of());
    }

    @Override
    public Map<String, Object> task(String id) {
        return taskAt(id).map(Task::variables).orElse(Map.of());
    }

    private Optional<Task> taskAt(String id) {
        Optional<ThreadId> thread = threadId(id);
        if (thread.isPresent()) {
            return summary(thread.get()).tasks().latest();
        }
        return entry(id).flatMap(intent -> summary(intent.thread()).tasks().of(intent.id()));
    }

    private Optional<Entry> entry(String id) {
        try {
            return log.find(new EntryId(id));
        } catch (InvalidRecord noId) {
            return Optional.empty();
        }
    }

    private static Optional<ThreadId> threadId(String id) {
        try {
            return Optional.of(new ThreadId(id));
        } catch (InvalidRecord noThread) {
            return Optional.empty();
        }
    }

    private ThreadSummary summary(ThreadId thread) {
        return threads.computeIfAbsent(thread, this::folded);
    }

    private ThreadSummary folded(ThreadId thread) {
        ThreadSummary summary = new ThreadSummary();
        long version = 0;
        List<Entry> page;
        do {
            page = log.thread(thread, version, Log.READ_MAX);
            page.stream().filter(visible).forEach(summary::fold);
            version += page.size();
            if (version > THREAD_RECORDS_MAX) {
                throw new IllegalStateException("Expected at most " + THREAD_RECORDS_MAX + " records in " + thread
                        + ", but there are more: an expression cannot ask about it");
            }
        } while (page.size() == Log.READ_MAX);
        return summary;
    }

    @Override
    public double trust(String of, String domain) {
        return score(of, domain).map(Score::score).orElse(0.0);
    }

    @Override
    public long trustCount(String of, String domain) {
        return score(of, domain).map(Score::count).orElse(0L);
    }

    private Optional<Score> score(String of, String domain) {
        try {
            return Optional.of(trust.score(new Did(of), domain, now));
        } catch (InvalidRecord noActor) {
            return Optional.empty();
        }
    }

    @Override
    public Map<String, Object> system() {
        return Map.of("records_total", log.head());
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public String currentActor() {
        return actor.value();
    }

    @Override
    public String currentNamespace() {
        return namespace;
    }

    @Override
    public List<String> frozenNamespaces() {
        return fleet.frozen();
    }

    @Override
    public boolean emergencyActive() {
        return fleet.isEmergency(namespace);
    }
}
