package io.fourfold.web;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryJson;
import io.fourfold.log.Log;
import io.fourfold.orchestration.execution.ExecutionEvent;
import io.fourfold.orchestration.execution.Feed.Frame;
import io.fourfold.token.Rights;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.LongConsumer;

/** Follows the whole log and shows what a filter makes frames of. */
final class RecordFeed {

    private static final int PULL_MAX = 200;

    private final Log log;
    private final LongConsumer settled;
    private final Function<Entry, Optional<Frame>> shown;
    private long position;

    /** @param settled returns when the views show what stands at a position; a frame that names it comes after that */
    RecordFeed(Log log, LongConsumer settled, long position, Function<Entry, Optional<Frame>> shown) {
        this.log = log;
        this.settled = settled;
        this.position = position;
        this.shown = shown;
    }

    List<Frame> pull() {
        List<Frame> frames = new ArrayList<>();
        List<Entry> page;
        do {
            page = log.after(position, PULL_MAX);
            for (Entry entry : page) {
                position = entry.position();
                shown.apply(entry).ifPresent(frames::add);
            }
        } while (frames.isEmpty() && page.size() == PULL_MAX);
        if (!frames.isEmpty()) {
            settled.accept(position);
        }
        return frames;
    }

    static Optional<Frame> activity(Entry entry) {
        return ExecutionEvent.CODEC.read(entry).map(event -> {
            String data = JsonNodeFactory.instance
                    .objectNode()
                    .put("execution_id", event.executionId())
                    .put("kind", entry.kind())
                    .put("over", event.isOver())
                    .put("at", event.at().toString())
                    .toString();
            return new Frame(Long.toString(entry.position()), "execution", data, false);
        });
    }

    /** Nulls, and no kinds, match everything; what the rights do not show is left out. */
    static Function<Entry, Optional<Frame>> matching(String thread, String act, List<String> kinds, Rights rights) {
        return entry -> {
            boolean matches = rights.sees(entry.namespace())
                    && (thread == null || entry.thread().value().equals(thread))
                    && (act == null || entry.draft().act().name().equals(act))
                    && (kinds.isEmpty() || kinds.contains(entry.kind()));
            return matches
                    ? Optional.of(new Frame(Long.toString(entry.position()), "record", EntryJson.of(entry), false))
                    : Optional.empty();
        };
    }
}
