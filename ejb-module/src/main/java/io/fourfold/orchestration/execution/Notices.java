package io.fourfold.orchestration.execution;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fourfold.log.Json;
import io.fourfold.telemetry.Observation;
import io.fourfold.telemetry.ObservationType;
import java.io.IOException;
import java.io.UncheckedIOException;

/** What there is to say about an agent that it did not say itself. */
record Notices(House house, Numbers numbers, AgentLines.Place place) {

    /** {@code reason} is a word for machines. */
    void say(String reason, String text) {
        Json data = Json.of(
                JsonNodeFactory.instance.objectNode().put("reason", reason).put("text", text));
        try {
            numbers.next(1, number -> house.telemetry()
                    .accept(new Observation(
                            place.executionId(),
                            number,
                            place.sessionId(),
                            place.phaseId(),
                            house.clock().instant(),
                            ObservationType.ERROR,
                            data)));
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
    }

    /** Something that an agent left could not be kept. */
    void leftOut(String why) {
        say("left_out", why);
    }
}
