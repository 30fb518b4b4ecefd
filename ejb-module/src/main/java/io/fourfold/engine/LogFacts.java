package io.fourfold.engine;

import io.fourfold.expression.Facts;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import io.fourfold.task.Task;
import io.fourfold.task.Tasks;
import io.fourfold.trust.Trust;
import io.fourfold.view.ThreadRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * What expressions ask, answered from the log as it is at one moment. A thread longer than {@value #RECORDS_MAX} records
 * is known by its first ones.
 */
public final class LogFacts implements Facts {

    /** Records of one thread that are read for one answer. */
    static final int RECORDS_MAX = 2 * Log.READ_MAX;

    /** What stays the same for all answers. */
    public record Sources(Log log, Trust trust, Supplier<Map<String, Object>> system) {}

    private final Sources sources;
    private final Instant now;
    private final String actor;
    private final String namespace;

    public LogFacts(Sources sources, Instant now, String actor, String namespace) {
        this.sources = sources;
        this.now = now;
        this.actor = actor;
        this.namespace = namespace;
    }

    @Override
    public Map<String, Object> thread(String id) {
        return threadId(id).map(this::thread).orElse(Map.of());
    }

    private Map<String, Object> thread(ThreadId id) {
        ThreadState fold = new ThreadState();
        ThreadRow row = null;
        Set<String> participants = new LinkedHashSet<>();
        Set<String> heads = new LinkedHashSet<>();
        for (Entry entry : records(id)) {
            row = fold.fold(id.value(), row, entry);
            participants.add(entry.draft().actor().value());
            entry.draft().parents().forEach(parent -> heads.remove(parent.hex()));
            heads.add(entry.id().hex());
        }
        if (row == null) {
            return Map.of();
        }
        Map<String, Object> thread = new LinkedHashMap<>();
        thread.put("id", id.value());
        thread.put("count", row.records);
        thread.put("namespace", row.namespace);
        thread.put("participants", List.copyOf(participants));
        thread.put("heads", List.copyOf(heads));
        thread.put("last_at", row.lastAt);
        Optional.ofNullable(row.status).ifPresent(status -> thread.put("status", status));
        Optional.ofNullable(row.opener).ifPresent(opener -> thread.put("opener", opener));
        return thread;
    }

    @Override
    public Map<String, Object> task(String id) {
        Optional<ThreadId> thread =
                EntryId.parse(id).flatMap(sources.log()::find).map(Entry::thread);
        Tasks tasks = Tasks.NONE;
        for (Entry entry : records(thread.or(() -> threadId(id)).orElse(null))) {
            tasks = tasks.fold(entry);
        }
        Optional<Task> found = thread.isPresent() ? tasks.of(new EntryId(id)) : tasks.latest();
        return found.map(Task::variables).orElse(Map.of());
    }

    private List<Entry> records(ThreadId thread) {
        if (thread == null) {
            return List.of();
        }
        List<Entry> first = sources.log().thread(thread, 0, Log.READ_MAX);
        if (first.size() < Log.READ_MAX) {
            return first;
        }
        List<Entry> all = new ArrayList<>(first);
        all.addAll(sources.log().thread(thread, Log.READ_MAX, RECORDS_MAX - Log.READ_MAX));
        return all;
    }

    private static Optional<ThreadId> threadId(String id) {
        try {
            return Optional.of(new ThreadId(id));
        } catch (InvalidRecord noThread) {
            return Optional.empty();
        }
    }

    @Override
    public double trust(String who, String domain) {
        return did(who).map(did -> sources.trust().score(did, domain, now).score())
                .orElse(0.0);
    }

    @Override
    public long trustCount(String who, String domain) {
        return did(who).map(did -> sources.trust().score(did, domain, now).count())
                .orElse(0L);
    }

    private static Optional<Did> did(String who) {
        try {
            return Optional.of(new Did(who));
        } catch (InvalidRecord nobody) {
            return Optional.empty();
        }
    }

    @Override
    public Instant now() {
        return now;
    }

    @Override
    public String currentActor() {
        return actor;
    }

    @Override
    public String currentNamespace() {
        return namespace;
    }

    @Override
    public Map<String, Object> system() {
        return sources.system().get();
    }
}
