package io.fourfold.engine;

import io.fourfold.dispatch.Answers;
import io.fourfold.dispatch.Dispatch;
import io.fourfold.dispatch.DispatchCommand;
import io.fourfold.dispatch.DispatchEvent;
import io.fourfold.dispatch.Subject;
import io.fourfold.kit.Commands;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.Receipt;
import io.fourfold.routing.Cascade;
import io.fourfold.routing.Routable;
import io.fourfold.routing.RoutingTrace;
import io.fourfold.routing.Situation;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * RECONCILE, seconds: takes each record after its cursor and routes it; the dispatch that follows waits in the queue.
 * When one is over, the record that asked for it is answered. A turn may be repeated after a crash, and on another
 * node: a dispatch has the id of its record, and an answer is the same record every time.
 */
public final class ReconcileLoop implements Loop {

    /** Records in one turn. */
    static final int TURN_MAX = 200;

    static final Did ACTOR = new Did("did:fourfold:system:reconcile");

    private final Tail tail;
    private final Commands commands;
    private final Function<Append, Receipt> inlet;
    private final Answers answers;
    private final Cascade cascade;
    private final Supplier<Situation> situation;

    /** @param situation read anew for each turn, after its records were read: no older than any of them */
    public ReconcileLoop(
            Tail tail,
            Commands commands,
            Function<Append, Receipt> inlet,
            Answers answers,
            Cascade cascade,
            Supplier<Situation> situation) {
        this.tail = tail;
        this.commands = commands;
        this.inlet = inlet;
        this.answers = answers;
        this.cascade = cascade;
        this.situation = situation;
    }

    @Override
    public String name() {
        return "reconcile";
    }

    @Override
    public int turn(Instant now) {
        return tail.poll(this::reconcile, TURN_MAX);
    }

    public long lag() {
        return tail.lag();
    }

    private void reconcile(List<Entry> entries) {
        Situation now = situation.get();
        entries.forEach(entry -> reconcile(entry, now));
    }

    private void reconcile(Entry entry, Situation now) {
        answers.completed(entry).ifPresent(command -> commands.handle(Dispatch.AGGREGATE, command, ACTOR));
        DispatchEvent.CODEC.read(entry).flatMap(answers::about).ifPresent(inlet::apply);
        Routable record = Routable.of(entry);
        if (Cascade.skipped(record).isEmpty()) {
            String id = Dispatch.idOf(entry.id());
            RoutingTrace trace = cascade.route(record, now, id);
            commands.handle(Dispatch.AGGREGATE, new DispatchCommand.Route(id, Subject.of(entry), trace), ACTOR);
        }
    }
}
