package io.fourfold.dashboard;

import io.fourfold.log.Act;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import io.fourfold.routing.RoutingTrace;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * "Where would this go?": a draft as it was written, and what is answered. Nothing of it is stored.
 *
 * @param field of the form that is wrong, or null
 * @param fault what was expected there, or null
 * @param trace what the cascade would say, or null
 */
public record RouteForm(String act, String actor, String thread, String body, String field, String fault, Trace trace) {

    static final String LOCAL = "did:fourfold:user:local";

    private static final String THREAD = "th_draft";
    private static final String EXAMPLE = "{\n  \"goal\": \"Say hello\"\n}";

    static RouteForm blank() {
        return new RouteForm(Act.INTEND.name(), LOCAL, THREAD, EXAMPLE, null, null, null);
    }

    /** Filled in as a record was written. */
    static RouteForm like(Entry entry) {
        Draft draft = entry.draft();
        String body = Pretty.of(draft.body().tree());
        return new RouteForm(
                draft.act().name(), draft.actor().value(), draft.thread().value(), body, null, null, null);
    }

    /** @param predict asks the cascade */
    RouteForm answered(Function<Draft, RoutingTrace> predict) {
        try {
            Trace predicted = Trace.of(predict.apply(draft()));
            return new RouteForm(act, actor, thread, body, null, null, predicted);
        } catch (InvalidRecord wrong) {
            return new RouteForm(act, actor, thread, body, wrong.field(), wrong.getMessage(), null);
        }
    }

    private Draft draft() {
        Act known = Arrays.stream(Act.values())
                .filter(value -> value.name().equals(act))
                .findFirst()
                .orElseThrow(() -> new InvalidRecord("act", "expected one of " + acts() + ", but was " + act));
        return Draft.of(new ThreadId(thread), new Did(actor), known, json());
    }

    private Json json() {
        try {
            return Json.parse(body);
        } catch (InvalidRecord wrong) {
            boolean whole = wrong.field().isEmpty() || wrong.field().equals("body");
            throw new InvalidRecord(whole ? "body" : "body." + wrong.field(), wrong.getMessage());
        }
    }

    public List<String> acts() {
        return Arrays.stream(Act.values()).map(Act::name).toList();
    }

    public boolean wrongBody() {
        return field != null && field.startsWith("body");
    }
}
