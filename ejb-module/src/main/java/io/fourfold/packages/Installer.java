package io.fourfold.packages;

import io.fourfold.config.EngineConfig;
import io.fourfold.config.EngineConfigs;
import io.fourfold.kit.Commands;
import io.fourfold.kit.Outcome;
import io.fourfold.kit.Together;
import io.fourfold.kit.Together.Step;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Expect;
import io.fourfold.log.Refusal;
import io.fourfold.orchestration.workflow.Problem;
import io.fourfold.orchestration.workflow.Registrar;
import io.fourfold.orchestration.workflow.Workflow;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;

/**
 * Installs, updates and uninstalls packages: everything is checked first, then the package's record, its workflows and
 * its triggers are written in one commit. When another server was quicker, all of it is looked at again.
 */
public final class Installer {

    /** How often it is begun again because somebody else was quicker. */
    static final int TRIES_MAX = 4;

    private final Commands commands;
    private final Together together;
    private final EngineConfigs configs;
    private final Registrar registrar;
    private final PackageReader reader;
    private final ReentrantLock one = new ReentrantLock();

    public Installer(
            Commands commands, Together together, EngineConfigs configs, Registrar registrar, PackageReader reader) {
        this.commands = commands;
        this.together = together;
        this.configs = configs;
        this.registrar = registrar;
        this.reader = reader;
    }

    /**
     * Who asks.
     *
     * @param asked  why the records of triggers would be refused to him, as records of his own
     * @param dryRun only says what would be done
     */
    public record Order(Did by, Function<Append, Optional<Refusal>> asked, boolean dryRun) {}

    public InstalledPackage.State state(String name) {
        return commands.state(InstalledPackage.AGGREGATE, InstalledPackage.threadOf(name));
    }

    public Outcome<Report> install(Sources.Result.Found given, Order order) {
        return alone(order, sight -> change(sight, given, Optional.empty(), order));
    }

    /** @param name the package's, which what is given must have as well */
    public Outcome<Report> update(String name, Sources.Result.Found given, Order order) {
        return alone(order, sight -> change(sight, given, Optional.of(name), order));
    }

    private Outcome<Report> change(
            Together.Sight sight, Sources.Result.Found given, Optional<String> updated, Order order) {
        return switch (reader.read(given.tree(), updated.orElseGet(given::name))) {
            case PackageReader.Result.Broken broken -> new Outcome.Refused<>(Registrar.refusal(broken.problems()));
            case PackageReader.Result.Read read -> {
                String name = read.manifest().name();
                if (updated.isPresent() && !updated.get().equals(name)) {
                    yield new Outcome.Refused<>(Refusal.of(
                            Refusal.Code.INVALID_INPUT,
                            Manifest.FILE + ": expected the package " + updated.get() + ", but it is " + name));
                }
                yield change(sight, read, given.origin(), updated.isPresent(), order);
            }
        };
    }

    private Outcome<Report> change(
            Together.Sight sight, PackageReader.Result.Read read, Origin origin, boolean update, Order order) {
        String name = read.manifest().name();
        InstalledPackage.State state = state(sight, name);
        Plan plan = plan(sight, state);
        plan.draw(read.workflows(), read.triggers());
        Content content = new Content(read.manifest(), origin, plan.parts, plan.cues);
        InstalledPackage.Command command = update
                ? new InstalledPackage.Command.Update(name, content, plan.archived(), plan.retired())
                : new InstalledPackage.Command.Install(name, content);
        boolean same = update && content.equals(state.content());
        String status = same ? "unchanged" : update ? "updated" : "installed";
        if (!order.dryRun() && plan.problems.isEmpty()) {
            read.workflows().forEach(found -> registrar.keep(found.file(), found.definition()));
        }
        return carryOut(
                sight,
                command,
                plan,
                new Report(name, status, content, plan.workflowChanges, plan.triggerChanges),
                order);
    }

    /** @param running executions of its workflows that are not over */
    public Outcome<Report> uninstall(String name, List<String> running, boolean force, Order order) {
        return alone(order, sight -> {
            InstalledPackage.State state = state(sight, name);
            Plan plan = plan(sight, state);
            plan.draw(List.of(), List.of());
            InstalledPackage.Command command =
                    new InstalledPackage.Command.Uninstall(name, plan.archived(), plan.retired(), running, force);
            return carryOut(
                    sight,
                    command,
                    plan,
                    new Report(name, "uninstalled", state.content(), plan.workflowChanges, plan.triggerChanges),
                    order);
        });
    }

    private static InstalledPackage.State state(Together.Sight sight, String name) {
        return sight.state(InstalledPackage.AGGREGATE, InstalledPackage.threadOf(name));
    }

    private Plan plan(Together.Sight sight, InstalledPackage.State state) {
        configs.catchUp();
        sight.saw(EngineConfig.THREAD, configs.length());
        EngineConfig config = configs.current();
        return new Plan(
                state.installed() ? state.content() : Content.NONE,
                id -> sight.state(Workflow.AGGREGATE, Workflow.threadOf(id)),
                config);
    }

    private Outcome<Report> carryOut(
            Together.Sight sight, InstalledPackage.Command command, Plan plan, Report report, Order order) {
        List<Draft> triggers = plan.records.stream()
                .map(body -> Draft.of(EngineConfig.THREAD, order.by(), Act.LEARN, body))
                .toList();
        Optional<Refusal> refusal = own(sight, command, plan).or(() -> refused(triggers, order));
        if (refusal.isPresent()) {
            return new Outcome.Refused<>(refusal.get());
        }
        if (order.dryRun()) {
            return new Outcome.Done<>(report, List.of());
        }
        List<Step<?, ?, ?>> steps = new ArrayList<>(List.of(new Step<>(InstalledPackage.AGGREGATE, command)));
        steps.addAll(plan.steps);
        return switch (sight.carryOut(steps, triggers)) {
            case Outcome.Refused<List<Entry>> refused -> new Outcome.Refused<>(refused.refusal());
            case Outcome.Done<List<Entry>> done -> new Outcome.Done<>(report, done.entries());
        };
    }

    /** Whether the package itself may change so, and then what stands in its way. */
    private Optional<Refusal> own(Together.Sight sight, InstalledPackage.Command command, Plan plan) {
        Optional<Refusal> refusal = sight.refusal(new Step<>(InstalledPackage.AGGREGATE, command));
        if (refusal.isPresent() || plan.problems.isEmpty()) {
            return refusal;
        }
        List<String> errors = plan.problems.stream()
                .sorted(Problem.IN_ORDER)
                .map(Problem::text)
                .toList();
        return Optional.of(new Refusal(Refusal.Code.ALREADY_EXISTS, errors.getFirst(), Map.of("errors", errors)));
    }

    private static Optional<Refusal> refused(List<Draft> triggers, Order order) {
        return triggers.isEmpty() ? Optional.empty() : order.asked().apply(new Append(triggers, Expect.ANYTHING));
    }

    /** One at a time on this node: so that only those of other nodes have to be tried again. */
    private Outcome<Report> alone(Order order, Function<Together.Sight, Outcome<Report>> change) {
        one.lock();
        try {
            Outcome<Report> outcome = change.apply(together.look(order.by()));
            for (int tries = 1; tries < TRIES_MAX && wasLate(outcome); tries++) {
                outcome = change.apply(together.look(order.by()));
            }
            return outcome;
        } finally {
            one.unlock();
        }
    }

    private static boolean wasLate(Outcome<Report> outcome) {
        return outcome instanceof Outcome.Refused<Report> refused
                && refused.refusal().isOvertaken();
    }
}
