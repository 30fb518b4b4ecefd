package io.fourfold.telemetry;

import io.fourfold.log.Json;
import java.time.Instant;

/**
 * One thing seen of a running agent.
 *
 * @param executionId the execution it belongs to
 * @param seq         its place among the execution's observations, from 1, without gaps: the cursor of live streams
 * @param sessionId   the session it belongs to
 * @param phaseId     the phase it belongs to
 * @param type        what was seen
 * @param data        what the type calls for, see {@link ObservationType}
 */
public record Observation(
        String executionId, long seq, String sessionId, String phaseId, Instant at, ObservationType type, Json data) {}
