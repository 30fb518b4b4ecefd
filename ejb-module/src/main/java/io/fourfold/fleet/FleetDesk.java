package io.fourfold.fleet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import io.fourfold.log.Refusal.Code;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;

/** Freezes and lifts, holds and releases: each change is a record, checked beforehand as the fold will read it. */
public final class FleetDesk {

    private final FleetControl control;

    public FleetDesk(FleetControl control) {
        this.control = control;
    }

    /** What came of it: what is frozen now, or why nothing changed. */
    public sealed interface Outcome {

        record Done(Fleet fleet) implements Outcome {}

        record Refused(Refusal refusal) implements Outcome {}
    }

    /**
     * {@code mode} is soft, hard, emergency or off.
     *
     * @param namespace null for everything
     * @param inlet     the door as it is open for the caller
     */
    public Outcome change(String mode, String namespace, String reason, Did by, Function<Append, Receipt> inlet) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("topic", Fleet.TOPIC)
                .put("mode", mode)
                .put("reason", reason);
        if (namespace != null) {
            body.put("namespace", namespace);
        }
        return record(Json.of(body), () -> nothingToLift(mode, namespace), by, inlet);
    }

    /**
     * Pauses the intake, or opens it again.
     *
     * @param kind workflow, trigger or repository; null for all
     * @param name of that one; null for all
     */
    public Outcome hold(boolean on, String kind, String name, String reason, Did by, Function<Append, Receipt> inlet) {
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("topic", Intake.TOPIC)
                .put("mode", on ? Intake.ON : Fleet.OFF)
                .put("reason", reason);
        if (kind != null) {
            body.put(kind, name);
        }
        Json json = Json.of(body);
        return record(json, () -> on ? Optional.empty() : nothingToRelease(Intake.tag(json)), by, inlet);
    }

    private Outcome record(Json json, Supplier<Optional<String>> nothing, Did by, Function<Append, Receipt> inlet) {
        Optional<String> fault = Fleet.fault(json).or(nothing);
        if (fault.isPresent()) {
            return new Outcome.Refused(new Refusal(Code.INVALID_INPUT, fault.get(), Map.of()));
        }
        return switch (inlet.apply(Append.of(Draft.of(Fleet.THREAD, by, Act.LEARN, json)))) {
            case Receipt.Refused refused -> new Outcome.Refused(refused.refusal());
            case Receipt.Stored stored -> new Outcome.Done(control.current());
        };
    }

    private Optional<String> nothingToRelease(String tag) {
        control.catchUp();
        Set<String> held = control.current().intake().holds().keySet();
        return held.contains(tag)
                ? Optional.empty()
                : Optional.of("expected one of those that are held, " + new TreeSet<>(held) + ", but was " + tag);
    }

    private Optional<String> nothingToLift(String mode, String namespace) {
        control.catchUp();
        String key = namespace == null ? Freeze.EVERYWHERE : namespace;
        boolean frozen = control.current().freezes().containsKey(key);
        return mode.equals(Fleet.OFF) && !frozen
                ? Optional.of("namespace: expected one of the frozen "
                        + control.current().frozen() + ", but was " + key)
                : Optional.empty();
    }
}
