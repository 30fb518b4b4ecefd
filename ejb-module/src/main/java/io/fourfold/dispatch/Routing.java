package io.fourfold.dispatch;

import io.fourfold.kit.Commands;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.routing.Cascade;
import io.fourfold.routing.Routable;
import io.fourfold.routing.RoutingTrace;
import io.fourfold.routing.Situation;
import java.util.Optional;
import java.util.function.Supplier;

/** How records were routed, and how they would be. */
public final class Routing {

    /** The id of a dispatch that there is not yet. */
    static final String NOT_YET = "dsp-not-yet";

    private final Commands commands;
    private final Cascade cascade;
    private final Supplier<Situation> situation;

    public Routing(Commands commands, Cascade cascade, Supplier<Situation> situation) {
        this.commands = commands;
        this.cascade = cascade;
        this.situation = situation;
    }

    /** What the cascade said when the record's turn came; empty while it has not. */
    public Optional<RoutingTrace> explain(Entry entry) {
        Routable record = Routable.of(entry);
        if (Cascade.skipped(record).isPresent()) {
            return Optional.of(cascade.route(record, situation.get(), null));
        }
        return Optional.ofNullable(commands.state(Dispatch.AGGREGATE, Dispatch.threadOf(Dispatch.idOf(entry.id())))
                .trace());
    }

    /** What it would say now. */
    public RoutingTrace predict(Draft draft) {
        return cascade.route(Routable.of(draft), situation.get(), NOT_YET);
    }
}
