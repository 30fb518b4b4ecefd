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
import io.fourfold.log.Refusal.Code;
import io.fourfold.routing.Cascade;
import io.fourfold.routing.Routable;
import io.fourfold.routing.RoutingTrace;
import io.fourfold.routing.Situation;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
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

    private static final Set<Code> SETTLED = Set.of(Code.VERSION_CONFLICT, Code.NAMESPACE_REJECTED);

    static final Did ACTOR = new Did("did:fourfold:system:reconcile");

    private final Tail tail;
    private final Commands commands;
    private final Function<List<Append>, List<Receipt>> inlet;
    private final Answers answers;
    private final Cascade cascade;
    private final Supplier<Situation> situation;

    /** @param situation read anew for each turn, after its records were read: no older than any of them */
    public ReconcileLoop(
            Tail tail,
            Commands commands,
            Function<List<Append>, List<Receipt>> inlet,
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
        return tail.poll(entries -> reconcile(entries, now), TURN_MAX);
    }

    public long lag() {
        return tail.lag();
    }

    /** All that a turn has to say is one commit. */
    private void reconcile(List<Entry> entries, Instant now) {
        Situation current = situation.get();
        List<Append> said = new ArrayList<>();
        for (Entry entry : entries) {
            answers.completed(entry).ifPresent(command -> commands.handle(Dispatch.AGGREGATE, command, ACTOR));
            DispatchEvent.CODEC.read(entry).map(answers::about).ifPresent(said::addAll);
            Routable record = Routable.of(entry);
            if (Cascade.skipped(record).isEmpty()) {
                String id = Dispatch.idOf(entry.id());
                RoutingTrace trace = cascade.route(record, current, id);
                DispatchCommand.Route route = new DispatchCommand.Route(id, Subject.of(entry), trace);
                said.add(Dispatch.opening(route, ACTOR, now));
            }
        }
        if (!said.isEmpty()) {
            inlet.apply(said).forEach(ReconcileLoop::check);
        }
    }

    /** What was said in a turn before is refused now; what no namespace takes any more has nobody to hear it. */
    private static void check(Receipt receipt) {
        if (receipt instanceof Receipt.Refused refused
                && !SETTLED.contains(refused.refusal().code())) {
            throw new IllegalStateException(refused.refusal().message());
        }
    }
}
