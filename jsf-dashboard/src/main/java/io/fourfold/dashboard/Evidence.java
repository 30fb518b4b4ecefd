package io.fourfold.dashboard;

import io.fourfold.log.Entry;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the records that made a status what it is. */
final class Evidence {

    private static final Map<String, Set<String>> KINDS = Map.of(
            "not_started", Set.of("queued"),
            "running", Set.of("started", "resumed", "retried"),
            "paused", Set.of("paused"),
            "completed", Set.of("completed"),
            "failed", Set.of("failed"),
            "cancelled", Set.of("cancelled"),
            "interrupted", Set.of("interrupted"));

    private Evidence() {}

    /** The id of the newest record that leads to the status, or null. */
    static String of(List<Entry> records, String status) {
        Set<String> kinds = KINDS.getOrDefault(status, Set.of());
        return records.stream()
                .filter(entry -> kinds.contains(Words.kind(entry.kind())))
                .reduce((earlier, later) -> later)
                .map(entry -> entry.id().hex())
                .orElse(null);
    }

    /** What it was asked for last, unless it has done that, or something else ended or resumed it. */
    static Asked asked(List<Entry> records) {
        Asked asked = Asked.NOTHING;
        for (Entry entry : records) {
            asked = switch (Words.kind(entry.kind())) {
                case "cancel requested" -> Asked.CANCEL;
                case "pause requested" -> Asked.PAUSE;
                case "paused", "resumed", "retried", "completed", "failed", "cancelled", "interrupted" -> Asked.NOTHING;
                default -> asked;
            };
        }
        return asked;
    }
}
