package io.fourfold.dispatch;

import io.fourfold.config.AdapterEntry;
import io.fourfold.config.EngineConfig;
import io.fourfold.config.EngineLimits;
import io.fourfold.log.Did;
import io.fourfold.orchestration.execution.Starter;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Who does what is sent to a DID: the engine's own adapters, what the configuration says, and without a word of it
 * workflows by their id and people by their name.
 */
public final class Directory {

    private static final String WORKFLOW = "did:fourfold:workflow:";
    private static final String USER = "did:fourfold:user:";
    private static final String CLAUDE = "claude";

    private final Supplier<EngineConfig> config;
    private final Starter starter;
    private final HttpClient http;
    private final Path scratch;
    private final Map<Did, Adapter> engine;

    /**
     * @param scratch where commands have their folders
     * @param engine  adapters that no configuration can replace
     */
    public Directory(
            Supplier<EngineConfig> config, Starter starter, HttpClient http, Path scratch, Map<Did, Adapter> engine) {
        this.config = config;
        this.starter = starter;
        this.http = http;
        this.scratch = scratch;
        this.engine = Map.copyOf(engine);
    }

    /** What is called for a target, and within which limits; empty when there is nobody. */
    public Optional<Assignment> of(Did target) {
        EngineConfig now = config.get();
        EngineLimits limits = now.limits();
        if (target.isSystem()) {
            return Optional.ofNullable(engine.get(target)).map(adapter -> byDefault(adapter, limits));
        }
        return now.adapter(target).map(entry -> configured(entry, limits)).or(() -> builtIn(target, limits));
    }

    /** Whether something sent there would be done by someone. */
    public boolean reaches(Did target) {
        return of(target).isPresent();
    }

    private Assignment configured(AdapterEntry entry, EngineLimits limits) {
        return new Assignment(
                adapter(entry), Duration.ofSeconds(entry.timeoutSeconds()), entry.budgetUsd(), limits.dispatchTries());
    }

    private Adapter adapter(AdapterEntry entry) {
        return switch (entry.way()) {
            case AdapterEntry.Way.Workflow way -> new WorkflowAdapter(starter, way.workflow(), entry.budgetUsd());
            case AdapterEntry.Way.Agent way -> new AgentAdapter(starter, CLAUDE, way.model());
            case AdapterEntry.Way.Command way -> new CommandAdapter(way.line(), scratch);
            case AdapterEntry.Way.Http way -> new HttpAdapter(http, way.url());
            case AdapterEntry.Way.Human way -> new HumanAdapter();
        };
    }

    /** A workflow named by its id has its phases' limits, and a person has none. */
    private Optional<Assignment> builtIn(Did target, EngineLimits limits) {
        if (target.value().startsWith(WORKFLOW)) {
            String workflow = target.value().substring(WORKFLOW.length());
            return Optional.of(
                    new Assignment(new WorkflowAdapter(starter, workflow, null), null, null, limits.dispatchTries()));
        }
        return target.value().startsWith(USER)
                ? Optional.of(new Assignment(new HumanAdapter(), null, null, limits.dispatchTries()))
                : Optional.empty();
    }

    private static Assignment byDefault(Adapter adapter, EngineLimits limits) {
        return new Assignment(
                adapter,
                Duration.ofSeconds(limits.dispatchTimeoutSeconds()),
                limits.dispatchBudgetUsd(),
                limits.dispatchTries());
    }
}
