package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.cli.Shown;
import java.util.List;

/** Records as rows of a table. */
final class RecordTable {

    private static final int ID_SHOWN_CHARS = 12;

    private RecordTable() {}

    static final List<String> IN_A_THREAD = List.of(">VERSION", "ID", "ACT", "KIND OR GOAL", "ACTOR", "RECORDED (UTC)");

    static final List<String> IN_THE_LOG =
            List.of(">POSITION", "ID", "ACT", "KIND OR GOAL", "THREAD", "RECORDED (UTC)");

    static List<String> inAThread(JsonNode item) {
        return row(item, "version", "actor");
    }

    static List<String> inTheLog(JsonNode item) {
        return row(item, "position", "thread");
    }

    /** The beginning of an id. */
    static String id(JsonNode item, String field) {
        String id = Shown.text(item, field);
        return id.substring(0, Math.min(id.length(), ID_SHOWN_CHARS));
    }

    private static List<String> row(JsonNode item, String number, String whose) {
        JsonNode body = item.path("body");
        return List.of(
                Shown.text(item, number),
                id(item, "id"),
                Shown.text(item, "act"),
                Shown.text(body, body.has("kind") ? "kind" : "goal"),
                Shown.text(item, whose),
                Shown.time(item, "recorded_at"));
    }
}
