package io.fourfold.config;

import io.fourfold.orchestration.agent.ModelPrice;
import io.fourfold.query.BodyKind;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A kind of rule: a row of {@link #IN_ORDER}.
 *
 * @param wireName as records write it, chosen once
 * @param reach    how many there may be beside each other
 * @param max      in force at once
 * @param read     what a body says; throws a {@link ConfigFault} for one that is not valid
 */
public record Topic<R>(String wireName, Reach reach, int max, Function<Fields, R> read) {

    /** How many records of a topic may be in force beside each other. */
    enum Reach {
        /** One for each name. */
        NAMED,
        /** One for each namespace; the name is {@value #ONLY_NAME}. */
        NAMESPACE,
        /** One for the whole server. */
        SERVER
    }

    static final String ONLY_NAME = "default";

    private static final int RULES_MAX = 1_000;

    /** Each path of a kind costs every record of that kind. */
    private static final int KINDS_MAX = 32;

    /** Each is read when a package is looked for. */
    private static final int REGISTRIES_MAX = 20;

    public static final Topic<RoutingRule> ROUTING_RULE = named("routing_rule", RULES_MAX, RoutingRule::read);
    public static final Topic<Trigger> TRIGGER = named("trigger", RULES_MAX, Trigger::read);
    public static final Topic<FoldRule> FOLD_RULE = named("fold_rule", RULES_MAX, FoldRule::read);
    public static final Topic<HealthCheck> HEALTH_CHECK = named("health_check", RULES_MAX, HealthCheck::read);
    public static final Topic<PermissionRule> PERMISSION_RULE =
            named("permission_rule", RULES_MAX, PermissionRule::read);
    public static final Topic<Enabled> PERMISSIONS_ENABLED = one("permissions_enabled", Enabled::read);
    public static final Topic<Enabled> AUTH_REQUIRED = one("auth_required", Enabled::read);
    public static final Topic<DecisionRule> DECISION_RULE = named("decision_rule", RULES_MAX, DecisionRule::read);
    public static final Topic<AdapterEntry> ADAPTER = named("adapter", RULES_MAX, AdapterEntry::read);
    public static final Topic<CronJob> CRON_JOB = named("cron_job", RULES_MAX, CronJob::read);
    public static final Topic<EngineLimits> ENGINE_LIMITS = one("engine_limits", EngineLimits::read);
    public static final Topic<DriftDetection> DRIFT_DETECTION = one("drift_detection", DriftDetection::read);
    public static final Topic<StallWindow> STALL_WINDOW =
            new Topic<>("stall_window", Reach.NAMESPACE, RULES_MAX, StallWindow::read);
    public static final Topic<ModelPrice> MODEL_PRICE = named("model_price", RULES_MAX, ModelRate::read);
    public static final Topic<BodyKind> BODY_KIND = named("body_kind", KINDS_MAX, IndexedKind::read);
    public static final Topic<PackageRegistry> PACKAGE_REGISTRY =
            named("package_registry", REGISTRIES_MAX, PackageRegistry::read);
    public static final Topic<Retained> RETENTION = one("retention", Retained::read);

    public static final List<Topic<?>> IN_ORDER = List.of(
            ROUTING_RULE,
            TRIGGER,
            FOLD_RULE,
            HEALTH_CHECK,
            PERMISSION_RULE,
            PERMISSIONS_ENABLED,
            AUTH_REQUIRED,
            DECISION_RULE,
            ADAPTER,
            CRON_JOB,
            ENGINE_LIMITS,
            DRIFT_DETECTION,
            STALL_WINDOW,
            MODEL_PRICE,
            BODY_KIND,
            PACKAGE_REGISTRY,
            RETENTION);

    /** Those that say who may come in and do what: only for who answers for it himself. */
    public static final Set<String> GUARDING = Set.of("permission_rule", "permissions_enabled", "auth_required");

    private static <R> Topic<R> named(String wireName, int max, Function<Fields, R> read) {
        return new Topic<>(wireName, Reach.NAMED, max, read);
    }

    private static <R> Topic<R> one(String wireName, Function<Fields, R> read) {
        return new Topic<>(wireName, Reach.SERVER, 1, read);
    }

    public static Optional<Topic<?>> of(String wireName) {
        return IN_ORDER.stream()
                .filter(topic -> topic.wireName().equals(wireName))
                .findFirst();
    }

    public static List<String> wireNames() {
        return IN_ORDER.stream().<String>map(Topic::wireName).toList();
    }
}
