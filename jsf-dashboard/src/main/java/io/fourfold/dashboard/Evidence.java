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

    /** Whether it was asked to cancel, and has not been retried since. */
    static boolean cancelRequested(List<Entry> records) {
        boolean asked = false;
        for (Entry entry : records) {
            String kind = Words.kind(entry.kind());
            asked = kind.equals("cancel requested") || asked && !kind.equals("retried");
        }
        return asked;
    }
}
