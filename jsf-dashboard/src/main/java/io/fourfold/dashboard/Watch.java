package io.fourfold.dashboard;

import io.fourfold.log.Entry;
import io.fourfold.telemetry.Observation;
import io.fourfold.telemetry.ObservationType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** Puts records and observations of one execution into the order of time. */
final class Watch {

    /** Lines of the log on a page; older ones are left to the stream and to REST. */
    static final int LINES_MAX = 200;

    /** What a page reads of tools and tokens. */
    static final int SEEN_MAX = 5_000;

    static final List<ObservationType> USED = List.of(
            ObservationType.TOOL_STARTED,
            ObservationType.TOOL_COMPLETED,
            ObservationType.TOOL_FAILED,
            ObservationType.TOOL_BLOCKED,
            ObservationType.SUBAGENT_STARTED,
            ObservationType.TOKENS_USED,
            ObservationType.SESSION_SUMMARY);

    private record Timed(Instant at, LogLine line) {}

    private Watch() {}

    /** The newest lines, oldest first. */
    static List<LogLine> lines(List<Entry> records, List<Observation> seen, Instant now) {
        List<Timed> all = new ArrayList<>();
        records.forEach(entry -> all.add(new Timed(entry.recordedAt(), LogLine.of(entry, now))));
        seen.forEach(o -> all.add(new Timed(o.at(), LogLine.of(o, now))));
        all.sort(Comparator.comparing(Timed::at));
        return all.subList(Math.max(0, all.size() - LINES_MAX), all.size()).stream()
                .map(Timed::line)
                .toList();
    }

    /** The last lines of output of one session. */
    static List<String> output(List<Observation> seen, String sessionId) {
        Stream<String> lines = seen.stream()
                .filter(o -> o.type() == ObservationType.STREAM_CHUNK)
                .filter(o -> o.sessionId().equals(sessionId))
                .map(o -> o.data().text("text").orElse(""));
        List<String> all = lines.toList();
        return all.subList(Math.max(0, all.size() - Failure.LINES_MAX), all.size());
    }
}
