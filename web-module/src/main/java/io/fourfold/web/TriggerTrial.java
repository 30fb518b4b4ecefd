package io.fourfold.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.log.Act;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import java.util.List;

/** What a trigger is tested with, one of both: {@code payload} is the body of a record, {@code record} all of it. */
record TriggerTrial(ObjectNode payload, Whole record) {

    /** What is not there is as in a record that {@code payload} stands for. */
    record Whole(String thread, String actor, String act, ObjectNode body) {}

    private static final String THREAD = "th_test";

    Draft draft(Did caller) {
        if ((payload == null) == (record == null)) {
            throw Body.wrong("payload", "a payload or a record, one of them");
        }
        Whole whole = payload == null ? record : new Whole(null, null, null, payload);
        return Draft.of(
                new ThreadId(whole.thread() == null ? THREAD : whole.thread()),
                whole.actor() == null ? caller : new Did(whole.actor()),
                act(whole.act()),
                Json.of(Body.required("record.body", whole.body())));
    }

    private static Act act(String given) {
        try {
            return given == null ? Act.KNOW : Act.valueOf(given);
        } catch (IllegalArgumentException unknown) {
            throw Body.wrong("record.act", "one of " + List.of(Act.values()) + ", but was " + given);
        }
    }
}
