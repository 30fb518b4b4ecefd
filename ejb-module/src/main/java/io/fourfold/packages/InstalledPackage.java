package io.fourfold.packages;

import static io.fourfold.kit.Decision.accept;
import static io.fourfold.kit.Decision.refuse;
import static io.fourfold.log.Refusal.Code.ALREADY_EXISTS;
import static io.fourfold.log.Refusal.Code.NOT_FOUND;
import static io.fourfold.log.Refusal.Code.WRONG_STATE;

import io.fourfold.kit.Aggregate;
import io.fourfold.kit.Decision;
import io.fourfold.kit.EventCodec;
import io.fourfold.log.ThreadId;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A package by its name: installed, updated, uninstalled, and perhaps installed again. */
public final class InstalledPackage
        implements Aggregate<InstalledPackage.Command, InstalledPackage.State, InstalledPackage.Event> {

    public static final InstalledPackage AGGREGATE = new InstalledPackage();

    /** What may be asked of a package. */
    public sealed interface Command {
        String name();

        record Install(String name, Content content) implements Command {}

        /** The same content again changes nothing. */
        record Update(String name, Content content, List<String> archived, List<String> retired) implements Command {}

        /** @param running executions of its workflows, which keep it from going unless {@code force} */
        record Uninstall(String name, List<String> archived, List<String> retired, List<String> running, boolean force)
                implements Command {}
    }

    /** What happened to a package. */
    public sealed interface Event {
        EventCodec<Event> CODEC = new EventCodec<>(Map.of(
                "package.installed.v1", Installed.class,
                "package.updated.v1", Updated.class,
                "package.uninstalled.v1", Uninstalled.class));

        String name();

        Instant at();

        record Installed(
                String name,
                Manifest manifest,
                Origin origin,
                List<Content.Part> workflows,
                List<Content.Cue> triggers,
                Instant at)
                implements Event {}

        /**
         * @param archived workflows that vanished from the package
         * @param retired  triggers that did, as namespace/name
         */
        record Updated(
                String name,
                Manifest manifest,
                Origin origin,
                List<Content.Part> workflows,
                List<Content.Cue> triggers,
                List<String> archived,
                List<String> retired,
                Instant at)
                implements Event {}

        record Uninstalled(String name, List<String> archived, List<String> retired, Instant at) implements Event {}
    }

    /** @param content what is installed now, or was last */
    public record State(boolean installed, Content content, Instant since, Instant changed) {}

    private InstalledPackage() {}

    public static ThreadId threadOf(String name) {
        return ThreadId.of("package", name);
    }

    @Override
    public ThreadId thread(Command command) {
        return threadOf(command.name());
    }

    @Override
    public State initial() {
        return new State(false, Content.NONE, null, null);
    }

    @Override
    public EventCodec<Event> codec() {
        return Event.CODEC;
    }

    @Override
    public Decision<Event> decide(Command command, State state, Instant now) {
        return switch (command) {
            case Command.Install install -> install(install, state, now);
            case Command.Update update -> state.installed() ? update(update, state, now) : absent(update.name());
            case Command.Uninstall gone -> state.installed() ? uninstall(gone, now) : absent(gone.name());
        };
    }

    @Override
    public State evolve(State state, Event event) {
        return switch (event) {
            case Event.Installed e ->
                new State(true, new Content(e.manifest(), e.origin(), e.workflows(), e.triggers()), e.at(), e.at());
            case Event.Updated e ->
                new State(
                        true,
                        new Content(e.manifest(), e.origin(), e.workflows(), e.triggers()),
                        state.since(),
                        e.at());
            case Event.Uninstalled e -> new State(false, state.content(), state.since(), e.at());
        };
    }

    private static Decision<Event> absent(String name) {
        return refuse(NOT_FOUND, "Expected an installed package, but there is none of the name " + name);
    }

    private static Decision<Event> install(Command.Install install, State state, Instant now) {
        if (state.installed()) {
            return refuse(
                    ALREADY_EXISTS,
                    "Expected a package that is not installed, but " + install.name() + " "
                            + state.content().manifest().version() + " is; update it instead");
        }
        Content c = install.content();
        return accept(new Event.Installed(install.name(), c.manifest(), c.origin(), c.workflows(), c.triggers(), now));
    }

    private static Decision<Event> update(Command.Update update, State state, Instant now) {
        Content c = update.content();
        if (c.equals(state.content())) {
            return accept(List.of());
        }
        return accept(new Event.Updated(
                update.name(),
                c.manifest(),
                c.origin(),
                c.workflows(),
                c.triggers(),
                update.archived(),
                update.retired(),
                now));
    }

    private static Decision<Event> uninstall(Command.Uninstall gone, Instant now) {
        if (!gone.running().isEmpty() && !gone.force()) {
            return refuse(
                    WRONG_STATE,
                    "Expected no execution of " + gone.name() + " under way, but there is "
                            + String.join(", ", gone.running()) + "; force leaves it running");
        }
        return accept(new Event.Uninstalled(gone.name(), gone.archived(), gone.retired(), now));
    }
}
