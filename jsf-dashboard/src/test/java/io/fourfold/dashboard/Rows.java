package io.fourfold.dashboard;

import io.fourfold.log.Json;
import io.fourfold.telemetry.Observation;
import io.fourfold.telemetry.ObservationType;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.PhaseRow;
import java.time.Instant;

/** Rows to try pages with. */
final class Rows {

    static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");

    private Rows() {}

    static Instant at(long seconds) {
        return NOON.plusSeconds(seconds);
    }

    static PhaseRow phase(String id, String status, Long startedAt, Long completedAt) {
        PhaseRow row = new PhaseRow();
        row.phaseId = id;
        row.name = id;
        row.status = status;
        row.agent = "claude";
        row.timeoutSeconds = 100;
        row.sessionId = "s-" + id;
        row.startedAt = startedAt == null ? null : at(startedAt);
        row.completedAt = completedAt == null ? null : at(completedAt);
        return row;
    }

    static ExecutionRow execution(String status) {
        ExecutionRow row = new ExecutionRow();
        row.id = "exec-1";
        row.workflowId = "hello";
        row.workflowName = "Hello";
        row.status = status;
        row.queuedAt = NOON;
        return row;
    }

    static Observation seen(long seq, long seconds, ObservationType type, String json) {
        return new Observation("exec-1", seq, "s-1", "one", at(seconds), type, Json.parse(json));
    }

    static Observation started(long seq, long seconds, String tool, String id) {
        return seen(seq, seconds, ObservationType.TOOL_STARTED, tool(tool, id, ""));
    }

    static Observation nested(long seq, long seconds, String tool, String id, String parent) {
        String extra = ",\"parent_tool_use_id\":\"" + parent + "\"";
        return seen(seq, seconds, ObservationType.TOOL_STARTED, tool(tool, id, extra));
    }

    static Observation ended(long seq, long seconds, String tool, String id, boolean failed) {
        ObservationType type = failed ? ObservationType.TOOL_FAILED : ObservationType.TOOL_COMPLETED;
        return seen(seq, seconds, type, tool(tool, id, ""));
    }

    private static String tool(String tool, String id, String extra) {
        return "{\"tool_name\":\"" + tool + "\",\"tool_use_id\":\"" + id + "\"" + extra + "}";
    }
}
