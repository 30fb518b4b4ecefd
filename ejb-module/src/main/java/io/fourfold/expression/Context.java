package io.fourfold.expression;

import static io.fourfold.expression.Call.CURRENT_ACTOR;
import static io.fourfold.expression.Call.CURRENT_NAMESPACE;
import static io.fourfold.expression.Call.EMERGENCY_ACTIVE;
import static io.fourfold.expression.Call.FROZEN_NAMESPACES;
import static io.fourfold.expression.Call.NOW;
import static io.fourfold.expression.Call.TASK;
import static io.fourfold.expression.Call.TASK_HERE;
import static io.fourfold.expression.Call.THREAD;
import static io.fourfold.expression.Call.THREAD_HERE;
import static io.fourfold.expression.Call.TRUST;
import static io.fourfold.expression.Call.TRUST_COUNT;

import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Where an expression stands, and what is bound there. */
public enum Context {
    ROUTING(Map.of("record", Kind.OBJECT, "system", Kind.OBJECT), Calls.ABOUT_A_RECORD),
    TRIGGER(Map.of("record", Kind.OBJECT, "system", Kind.OBJECT), Calls.ABOUT_A_RECORD),
    PRECONDITION(Map.of("tasks", Kind.OBJECTS, "records", Kind.OBJECTS), Calls.COMMON),
    FOLD_RULE(Map.of("records", Kind.OBJECTS, "task", Kind.OBJECT), Calls.COMMON),
    HEALTH_CHECK(Map.of("system", Kind.OBJECT, "tasks", Kind.OBJECTS), List.of(TRUST)),
    DECISION(Map.of("record", Kind.OBJECT, "proposal_confidence", Kind.SHARE, "meta_trust", Kind.SHARE), List.of()),
    PERMISSION(
            Map.of("record", Kind.OBJECT, "resource", Kind.OBJECT),
            List.of(TRUST, FROZEN_NAMESPACES, EMERGENCY_ACTIVE)),
    JOIN(Map.of("children", Kind.OBJECTS, "parent", Kind.OBJECT), List.of()),
    PHASE(Map.of("inputs", Kind.OBJECT, "phases", Kind.OBJECT), List.of());

    /** The types of variables. */
    private static final class Kind {
        static final CelType OBJECT = MapType.create(SimpleType.STRING, SimpleType.DYN);
        static final CelType OBJECTS = ListType.create(OBJECT);
        static final CelType SHARE = SimpleType.DOUBLE;
    }

    /** Functions that contexts share. */
    private static final class Calls {
        static final List<Call> COMMON =
                List.of(TASK, THREAD, TRUST, TRUST_COUNT, NOW, CURRENT_ACTOR, CURRENT_NAMESPACE);
        static final List<Call> ABOUT_A_RECORD = Stream.concat(COMMON.stream(), Stream.of(TASK_HERE, THREAD_HERE))
                .toList();
    }

    private final Map<String, CelType> variables;
    private final List<Call> calls;

    Context(Map<String, CelType> variables, List<Call> calls) {
        this.variables = variables;
        this.calls = calls;
    }

    /** The name in configuration and on the wire, for example {@code fold_rule}. */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Context> of(String wire) {
        return Arrays.stream(values()).filter(c -> c.wire().equals(wire)).findFirst();
    }

    /** All wire names, for people. */
    public static String names() {
        return Arrays.stream(values()).map(Context::wire).collect(Collectors.joining(", "));
    }

    /** What is bound, for people: {@code record, system, now(), task()}. */
    public String bound() {
        Set<String> functions =
                calls.stream().map(c -> c.function() + "()").collect(Collectors.toCollection(TreeSet::new));
        return Stream.concat(variables.keySet().stream().sorted(), functions.stream())
                .collect(Collectors.joining(", "));
    }

    Map<String, CelType> variables() {
        return variables;
    }

    List<Call> calls() {
        return calls;
    }
}
