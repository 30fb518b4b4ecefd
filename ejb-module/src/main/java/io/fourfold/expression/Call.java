package io.fourfold.expression;

import dev.cel.common.CelOverloadDecl;
import dev.cel.common.types.CelType;
import dev.cel.common.types.ListType;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import java.util.List;
import java.util.Map;

/** A function of ours, as expressions see it: one row for each overload. */
enum Call {
    TASK("task", Kind.OBJECT, SimpleType.STRING),
    TASK_HERE("task", Kind.OBJECT),
    THREAD("thread", Kind.OBJECT, SimpleType.STRING),
    THREAD_HERE("thread", Kind.OBJECT),
    TRUST("trust", SimpleType.DOUBLE, SimpleType.STRING, SimpleType.STRING),
    TRUST_COUNT("trust_count", SimpleType.INT, SimpleType.STRING, SimpleType.STRING),
    NOW("now", SimpleType.TIMESTAMP),
    CURRENT_ACTOR("current_actor", SimpleType.STRING),
    CURRENT_NAMESPACE("current_namespace", SimpleType.STRING),
    FROZEN_NAMESPACES("frozen_namespaces", ListType.create(SimpleType.STRING)),
    EMERGENCY_ACTIVE("emergency_active", SimpleType.BOOL);

    private static final class Kind {
        static final CelType OBJECT = MapType.create(SimpleType.STRING, SimpleType.DYN);
    }

    private final String function;
    private final CelType result;
    private final List<CelType> parameters;

    Call(String function, CelType result, CelType... parameters) {
        this.function = function;
        this.result = result;
        this.parameters = List.of(parameters);
    }

    String function() {
        return function;
    }

    int arity() {
        return parameters.size();
    }

    CelOverloadDecl declaration() {
        return CelOverloadDecl.newGlobalOverload(overload(), result, parameters);
    }

    String overload() {
        return function + "_" + arity();
    }

    /** Asks the facts; the arguments are texts, as many as declared. */
    Object answer(Facts facts, Map<String, Object> variables, Object[] arguments) {
        return switch (this) {
            case TASK -> facts.task((String) arguments[0]);
            case TASK_HERE -> facts.task(threadOf(variables));
            case THREAD -> facts.thread((String) arguments[0]);
            case THREAD_HERE -> facts.thread(threadOf(variables));
            case TRUST -> facts.trust((String) arguments[0], (String) arguments[1]);
            case TRUST_COUNT -> facts.trustCount((String) arguments[0], (String) arguments[1]);
            case NOW -> facts.now();
            case CURRENT_ACTOR -> facts.currentActor();
            case CURRENT_NAMESPACE -> facts.currentNamespace();
            case FROZEN_NAMESPACES -> facts.frozenNamespaces();
            case EMERGENCY_ACTIVE -> facts.emergencyActive();
        };
    }

    private static String threadOf(Map<String, Object> variables) {
        return variables.get("record") instanceof Map<?, ?> at && at.get("thread") instanceof String thread
                ? thread
                : "";
    }
}
