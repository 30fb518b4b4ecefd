package io.fourfold.config;

import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.ThreadId;
import io.fourfold.namespace.Namespace;
import io.fourfold.orchestration.agent.Prices;
import io.fourfold.query.BodyKind;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * What is in force: an immutable fold of {@code th_engine_config}. Of each {@link Identity} the latest valid record
 * counts; {@code enabled: false} or {@code removed: true} ends it; one that is refused changes nothing and is listed.
 */
public final class EngineConfig {

    public static final ThreadId THREAD = new ThreadId("th_engine_config");

    private static final Comparator<Declared<?>> PRIORITY_THEN_AGE =
            Comparator.<Declared<?>>comparingLong(Declared::priority).reversed().thenComparingLong(Declared::position);

    public static final EngineConfig EMPTY = new EngineConfig(Map.of(), List.of(), Changes.NONE, 0);

    private final Map<Identity, Declared<?>> byIdentity;
    private final Map<String, List<Declared<?>>> byTopic;
    private final List<RefusedRecord> refused;
    private final Changes changes;
    private final long position;
    private final boolean permissionsEnabled;

    EngineConfig(Map<Identity, Declared<?>> inForce, List<RefusedRecord> refused, Changes changes, long position) {
        this.byIdentity = Collections.unmodifiableMap(new HashMap<>(inForce));
        this.byTopic = inForce.values().stream()
                .sorted(PRIORITY_THEN_AGE)
                .collect(Collectors.groupingBy(
                        declared -> declared.identity().topic(), Collectors.toUnmodifiableList()));
        this.refused = List.copyOf(refused);
        this.changes = changes;
        this.position = position;
        this.permissionsEnabled = !of(Topic.PERMISSIONS_ENABLED).isEmpty();
    }

    Map<Identity, Declared<?>> byIdentity() {
        return byIdentity;
    }

    /** Of the last record of the thread that was folded; 0 when there was none. */
    public long position() {
        return position;
    }

    /** Refused records, the oldest first. */
    public List<RefusedRecord> refused() {
        return refused;
    }

    /** How it came to be. */
    public Changes changes() {
        return changes;
    }

    /** What is in force of a topic: by priority, the highest first, then the oldest record. */
    @SuppressWarnings("unchecked") // A topic's own reader made each of its values.
    public <R> List<Declared<R>> of(Topic<R> topic) {
        return (List<Declared<R>>) (List<?>) byTopic.getOrDefault(topic.wireName(), List.of());
    }

    public Optional<Declared<?>> find(Identity identity) {
        return Optional.ofNullable(byIdentity.get(identity));
    }

    public List<Declared<RoutingRule>> routingRules() {
        return of(Topic.ROUTING_RULE);
    }

    public List<Declared<Trigger>> triggers() {
        return of(Topic.TRIGGER);
    }

    public List<Declared<FoldRule>> foldRules() {
        return of(Topic.FOLD_RULE);
    }

    public List<Declared<HealthCheck>> healthChecks() {
        return of(Topic.HEALTH_CHECK);
    }

    public List<Declared<PermissionRule>> permissionRules() {
        return of(Topic.PERMISSION_RULE);
    }

    public boolean permissionsEnabled() {
        return permissionsEnabled;
    }

    public boolean authRequired() {
        return !of(Topic.AUTH_REQUIRED).isEmpty();
    }

    public List<Declared<DecisionRule>> decisionRules() {
        return of(Topic.DECISION_RULE);
    }

    public List<Declared<AdapterEntry>> adapters() {
        return of(Topic.ADAPTER);
    }

    /** How an actor is reached; of several entries for it, the latest. */
    public Optional<AdapterEntry> adapter(Did did) {
        return adapters().stream()
                .map(Declared::value)
                .filter(adapter -> adapter.did().equals(did))
                .reduce((earlier, later) -> later);
    }

    public List<Declared<CronJob>> cronJobs() {
        return of(Topic.CRON_JOB);
    }

    public EngineLimits limits() {
        return only(Topic.ENGINE_LIMITS, EngineLimits.DEFAULT);
    }

    public DriftDetection driftDetection() {
        return only(Topic.DRIFT_DETECTION, DriftDetection.DEFAULT);
    }

    public Retained retention() {
        return only(Topic.RETENTION, Retained.DEFAULT);
    }

    private <R> R only(Topic<R> topic, R fallback) {
        return of(topic).stream().findFirst().map(Declared::value).orElse(fallback);
    }

    /** Of the nearest namespace that says something: its own, or one above it; empty when none does. */
    public Optional<StallWindow> stallWindow(String namespace) {
        List<String> chain = Namespace.chain(namespace);
        return of(Topic.STALL_WINDOW).stream()
                .filter(declared -> chain.contains(declared.namespace()))
                .max(Comparator.comparingInt(declared -> declared.namespace().length()))
                .or(() -> of(Topic.STALL_WINDOW).stream()
                        .filter(declared -> declared.namespace().equals(Entry.DEFAULT_NAMESPACE))
                        .findFirst())
                .map(Declared::value);
    }

    /** The price list, with what is declared before what is built in. */
    public Prices prices() {
        return Prices.DEFAULT.under(
                of(Topic.MODEL_PRICE).stream().map(Declared::value).toList());
    }

    public List<Declared<BodyKind>> bodyKinds() {
        return of(Topic.BODY_KIND);
    }
}
