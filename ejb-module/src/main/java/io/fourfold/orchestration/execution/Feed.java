package io.fourfold.orchestration.execution;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.kit.Wire;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import io.fourfold.telemetry.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * What a live stream of one execution shows: its records and what its agents were seen to do, in the order of time. The
 * reader pulls; so a slow one holds up nobody, and one that comes back names where it was and misses nothing.
 */
public final class Feed {

    /** Records, and observations, in one pull at most. */
    static final int PULL_MAX = 200;

    /** Reads observations of an execution after a number, ascending. */
    public interface Observations {
        List<Observation> after(String executionId, long seq, int limit);
    }

    /**
     * Where a reader is: how many records of the thread, and which observation last.
     *
     * @param entries the number of records seen @param seq the number of the last observation seen
     */
    public record Cursor(long entries, long seq) {
        public static final Cursor START = new Cursor(0, 0);

        /** Reads {@code 12.345}; empty for anything else. */
        public static Optional<Cursor> parse(String text) {
            if (text == null || !text.matches("\\d{1,15}\\.\\d{1,15}")) {
                return Optional.empty();
            }
            int dot = text.indexOf('.');
            return Optional.of(
                    new Cursor(Long.parseLong(text.substring(0, dot)), Long.parseLong(text.substring(dot + 1))));
        }

        @Override
        public String toString() {
            return entries + "." + seq;
        }
    }

    /** One frame of the stream; {@code last} closes it. */
    public record Frame(String id, String event, String data, boolean last) {}

    private final Log log;
    private final LongConsumer settled;
    private final Observations observations;
    private final String executionId;
    private final ThreadId thread;
    private Cursor cursor;
    private ExecutionState state = ExecutionState.NONE;
    private ExecutionState latest = ExecutionState.NONE;
    private long length;

    /** @param settled returns when the views show what stands at a position; a frame that names it comes after that */
    public Feed(Log log, LongConsumer settled, Observations observations, String executionId, Cursor cursor) {
        this.log = log;
        this.settled = settled;
        this.observations = observations;
        this.executionId = executionId;
        this.thread = Execution.threadOf(executionId);
        this.cursor = cursor;
        read();
    }

    public boolean exists() {
        return latest.exists();
    }

    /** Whether the reader had been told all there is before it came. */
    public boolean isOver() {
        return latest.status().isOver() && cursor.entries() >= length;
    }

    /**
     * Frames since the last pull, in order; empty when there is nothing new. The record that ends the execution comes
     * when nothing else is left, for agents may be seen to act a little longer.
     */
    public List<Frame> pull() {
        List<Entry> entries = new ArrayList<>(log.thread(thread, cursor.entries(), PULL_MAX));
        List<Observation> seen = observations.after(executionId, cursor.seq(), PULL_MAX);
        if (!entries.isEmpty()) {
            settled.accept(entries.getLast().position());
        }
        boolean moreEntries = entries.size() == PULL_MAX;
        boolean moreSeen = seen.size() == PULL_MAX;
        Entry end = end(entries);
        List<Frame> frames = new ArrayList<>();
        int e = 0;
        int s = 0;
        while (e < entries.size() || s < seen.size()) {
            if (e == entries.size() && moreEntries || s == seen.size() && moreSeen) {
                return frames;
            }
            if (s == seen.size() || e < entries.size() && isFirst(entries.get(e), seen.get(s))) {
                frames.add(happened(entries.get(e++), false));
            } else {
                frames.add(observed(seen.get(s++)));
            }
        }
        if (end != null && !moreEntries && !moreSeen) {
            frames.add(happened(end, true));
        }
        return frames;
    }

    private static boolean isFirst(Entry entry, Observation observation) {
        return !observation.at().isBefore(entry.recordedAt());
    }

    /**
     * Takes out the record that ends the execution, and with it what its agents came to afterwards: the frame of the
     * end stands for all of it.
     */
    private Entry end(List<Entry> entries) {
        int last = entries.size() - 1;
        int at = last;
        while (at >= 0 && kind(entries.get(at)) instanceof ExecutionEvent.AgentFinished) {
            at--;
        }
        boolean ends = at < 0 ? state.status().isOver() && last >= 0 : isEnd(entries.get(at));
        if (!ends) {
            return null;
        }
        Entry end = entries.get(Math.max(at, 0));
        length = Math.max(length, entries.get(last).version() + 1);
        entries.subList(Math.max(at, 0), entries.size()).clear();
        return end;
    }

    private static ExecutionEvent kind(Entry entry) {
        return ExecutionEvent.CODEC.read(entry).orElse(null);
    }

    private static boolean isEnd(Entry entry) {
        ExecutionEvent event = kind(entry);
        return event != null && event.isOver();
    }

    private Frame happened(Entry entry, boolean last) {
        cursor = new Cursor(last ? length : entry.version() + 1, cursor.seq());
        state = after(state, entry);
        ObjectNode data = (ObjectNode) entry.body().tree().deepCopy();
        data.remove("plan");
        data.put("status", state.status().wire());
        data.put("record", entry.id().hex());
        data.put("actor", entry.draft().actor().value());
        return new Frame(cursor.toString(), last ? "end" : "state", data.toString(), last);
    }

    private Frame observed(Observation o) {
        cursor = new Cursor(cursor.entries(), o.seq());
        ObjectNode data = (ObjectNode) o.data().tree().deepCopy();
        data.put("type", o.type().wire());
        data.put("session_id", o.sessionId());
        data.put("phase_id", o.phaseId());
        data.put("at", o.at().toString());
        String event =
                switch (o.type()) {
                    case TOOL_STARTED, TOOL_COMPLETED, TOOL_FAILED, TOOL_BLOCKED, SUBAGENT_STARTED, SUBAGENT_STOPPED ->
                        "tool";
                    case TOKENS_USED, SESSION_SUMMARY -> "tokens";
                    case MESSAGE, THINKING, PROMPT_SUBMITTED -> "message";
                    case STREAM_CHUNK -> "chunk";
                    case GIT_COMMIT, GIT_PUSH, GIT_OPERATION, ERROR, SECURITY_DECISION, CONTEXT_COMPACTED, OTLP ->
                        "notice";
                };
        return new Frame(cursor.toString(), event, data.toString(), false);
    }

    /** Where things stand, for a reader that has just come; it carries no id, for it is no part of the sequence. */
    public Frame snapshot() {
        ObjectNode data = Wire.MAPPER.createObjectNode();
        data.put("execution_id", executionId);
        data.put("status", latest.status().wire());
        if (latest.plan() != null) {
            data.put("workflow_id", latest.plan().workflowId());
            latest.plan().phases().forEach(p -> data.withArray("phases")
                    .addObject()
                    .put("phase_id", p.id())
                    .put("name", p.name())
                    .put(
                            "status",
                            latest.phase(p.id())
                                    .map(s -> s.step().name().toLowerCase(Locale.ROOT))
                                    .orElse("pending")));
        }
        return new Frame(null, "snapshot", data.toString(), false);
    }

    private void read() {
        List<Entry> page;
        do {
            page = log.thread(thread, length, Log.READ_MAX);
            for (Entry entry : page) {
                latest = after(latest, entry);
                length = entry.version() + 1;
                state = length <= cursor.entries() ? latest : state;
            }
        } while (page.size() == Log.READ_MAX);
    }

    private static ExecutionState after(ExecutionState before, Entry entry) {
        return ExecutionEvent.CODEC
                .read(entry)
                .map(e -> Execution.AGGREGATE.evolve(before, e))
                .orElse(before);
    }
}
