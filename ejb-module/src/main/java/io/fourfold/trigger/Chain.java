package io.fourfold.trigger;

import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import io.fourfold.orchestration.execution.ExecutionEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * Which triggers led to a record. A record follows from the execution on whose threads it is, from the one that its
 * body names as {@code execution_id}, and from its {@code parents}; an execution follows from the record that caused
 * it, and from the trigger that started it. Nothing of it is a number somebody wrote: what claims nothing follows from
 * nothing.
 */
public final class Chain {

    /** Records and executions looked up for one answer; what lies further back does not count. */
    static final int LOOKUPS_MAX = 256;

    /** Threads of parts of an execution: whose it is, their first record says. */
    private static final List<String> PARTS = List.of("th_session.", "th_artifact.", "th_workspace.", "th_dispatch.");

    private static final String EXECUTION = "th_execution.";

    /**
     * What led to a record.
     *
     * @param depth   triggers in a row
     * @param trigger the last of them; null when there is none
     */
    public record Origin(int depth, String trigger) {

        static final Origin NONE = new Origin(0, null);

        private static Origin deeper(Origin one, Origin other) {
            return other.depth() > one.depth() ? other : one;
        }
    }

    private final Log log;

    public Chain(Log log) {
        this.log = log;
    }

    public Origin of(Draft record) {
        return of(record, any -> true);
    }

    /** As far as it leads through records that are {@code readable}. */
    Origin of(Draft record, Predicate<Entry> readable) {
        return new Walk(readable).record(record);
    }

    private final class Walk {

        private final Map<String, Origin> known = new HashMap<>();
        private final Predicate<Entry> readable;
        private int lookups;

        private Walk(Predicate<Entry> readable) {
            this.readable = readable;
        }

        Origin record(Draft record) {
            String thread = record.thread().value();
            Stream<Origin> causes = thread.startsWith(EXECUTION)
                    ? Stream.of(execution(thread.substring(EXECUTION.length())))
                    : PARTS.stream().anyMatch(thread::startsWith)
                            ? Stream.of(part(record.thread()))
                            : Stream.concat(
                                    record.body().text("execution_id").stream().map(this::execution),
                                    record.parents().stream().map(this::parent));
            Origin cause = causes.reduce(Origin.NONE, Origin::deeper);
            return after(Launcher.triggerOfIntent(record.actor()), cause);
        }

        private Origin after(Optional<String> trigger, Origin cause) {
            return trigger.map(id -> new Origin(cause.depth() + 1, id)).orElse(cause);
        }

        private Origin parent(EntryId id) {
            return once(id.hex(), () -> log.find(id)
                    .filter(readable)
                    .map(e -> record(e.draft()))
                    .orElse(Origin.NONE));
        }

        private Origin execution(String id) {
            return once(id, () -> first("execution", id)
                    .map(entry ->
                            after(Launcher.triggerOfExecution(entry.draft().actor()), caused(entry)))
                    .orElse(Origin.NONE));
        }

        private Origin caused(Entry first) {
            return ExecutionEvent.CODEC
                    .read(first)
                    .filter(ExecutionEvent.Queued.class::isInstance)
                    .map(ExecutionEvent.Queued.class::cast)
                    .map(queued -> queued.plan().cause())
                    .flatMap(EntryId::parse)
                    .map(this::parent)
                    .orElse(Origin.NONE);
        }

        private Origin part(ThreadId thread) {
            return once(thread.value(), () -> log.thread(thread, 0, 1).stream()
                    .filter(readable)
                    .findFirst()
                    .map(entry -> named(entry))
                    .orElse(Origin.NONE));
        }

        /** A session's first record names its execution within its subject, an artifact's within its facts. */
        private Origin named(Entry first) {
            return Stream.of("execution_id", "subject.execution_id", "facts.execution_id")
                    .map(path -> JsonPath.at(first.body().tree(), path).asText())
                    .filter(id -> !id.isEmpty())
                    .findFirst()
                    .map(this::execution)
                    .or(() -> EntryId.parse(JsonPath.at(first.body().tree(), "subject.record")
                                    .asText())
                            .map(this::parent))
                    .orElse(Origin.NONE);
        }

        private Optional<Entry> first(String aggregate, String id) {
            try {
                return log.thread(ThreadId.of(aggregate, id), 0, 1).stream()
                        .filter(readable)
                        .findFirst();
            } catch (InvalidRecord noId) {
                return Optional.empty();
            }
        }

        private Origin once(String key, Supplier<Origin> look) {
            Origin found = known.get(key);
            if (found != null || lookups == LOOKUPS_MAX) {
                return found == null ? Origin.NONE : found;
            }
            lookups++;
            known.put(key, Origin.NONE);
            Origin origin = look.get();
            known.put(key, origin);
            return origin;
        }
    }
}
