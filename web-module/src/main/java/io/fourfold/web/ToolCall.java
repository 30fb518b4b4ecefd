package io.fourfold.web;

import io.fourfold.telemetry.Observation;
import io.fourfold.telemetry.ObservationType;
import java.time.Instant;
import java.util.List;

/** A tool call as it was seen to start or end; duration and success are null while it has not ended. */
record ToolCall(
        String observationId,
        String operationType,
        String toolName,
        Instant timestamp,
        Long durationMs,
        Boolean success) {

    static final List<ObservationType> TYPES = List.of(
            ObservationType.TOOL_STARTED,
            ObservationType.TOOL_COMPLETED,
            ObservationType.TOOL_FAILED,
            ObservationType.TOOL_BLOCKED);

    static ToolCall of(Observation o) {
        boolean over = o.type() != ObservationType.TOOL_STARTED;
        return new ToolCall(
                o.executionId() + "." + o.seq(),
                o.type().wire(),
                o.data().text("tool_name").orElse(null),
                o.at(),
                SessionAnswers.number(o, "duration_ms"),
                over ? o.type() == ObservationType.TOOL_COMPLETED : null);
    }
}
