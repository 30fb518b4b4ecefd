package io.fourfold.trigger;

import io.fourfold.config.Declared;
import io.fourfold.config.EngineConfig;
import io.fourfold.config.EngineConfigs;
import io.fourfold.config.Topic;
import io.fourfold.config.Trigger;
import io.fourfold.engine.Tail;
import io.fourfold.expression.Facts;
import io.fourfold.log.Entry;
import io.fourfold.routing.Routable;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Reads the log and lets each trigger hear each record that came after its definition, as it was defined then. A turn
 * may be repeated after a crash, and on another node: what was met is not met again.
 */
public final class Triggers {

    /** Records in one turn. */
    static final int TURN_MAX = 200;

    private final Tail tail;
    private final EngineConfigs configs;
    private final Firings firings;
    private final Ends ends;
    private final Chain chain;
    private final Supplier<Function<Routable, Facts>> facts;
    private final Tallies tallies;
    private EngineConfig then;

    /** @param facts what expressions may ask about a record, as it is at one moment */
    public Triggers(
            Tail tail,
            EngineConfigs configs,
            Firings firings,
            Ends ends,
            Chain chain,
            Supplier<Function<Routable, Facts>> facts,
            Tallies tallies) {
        this.tail = tail;
        this.configs = configs;
        this.firings = firings;
        this.ends = ends;
        this.chain = chain;
        this.facts = facts;
        this.tallies = tallies;
    }

    /** How many records it met. */
    public int turn() {
        return tail.poll(this::read, TURN_MAX);
    }

    public long lag() {
        return tail.lag();
    }

    private void read(List<Entry> entries) {
        configs.catchUp();
        Function<Routable, Facts> now = facts.get();
        for (Entry entry : entries) {
            ends.tell(entry);
            hear(entry, as(entry), now);
        }
    }

    /** The triggers as of a record: folded on with it when it is about one, anew at the start and after a fault. */
    private EngineConfig as(Entry entry) {
        boolean changed = entry.thread().equals(EngineConfig.THREAD)
                && entry.body()
                        .text("topic")
                        .map(Topic.TRIGGER.wireName()::equals)
                        .orElse(false);
        if (then == null || then.position() >= entry.position()) {
            EngineConfig now = configs.current();
            then = now.position() <= entry.position() ? now : configs.asOf(entry.position());
        } else if (changed) {
            then = configs.after(then, entry);
        }
        return then;
    }

    private void hear(Entry entry, EngineConfig config, Function<Routable, Facts> now) {
        Routable record = null;
        for (Declared<Trigger> declared : config.triggers()) {
            if (declared.value().occasion() instanceof Trigger.Occasion.Due
                    || declared.position() == entry.position()) {
                continue;
            }
            record = record == null ? Routable.of(entry) : record;
            hear(declared, entry, record, now);
        }
    }

    private void hear(Declared<Trigger> declared, Entry entry, Routable record, Function<Routable, Facts> now) {
        if (Hearing.deaf(declared, record) != null) {
            return;
        }
        String id = TriggerFirings.idOf(declared.identity());
        Hearing hearing = Hearing.of(declared, record, () -> now.apply(record));
        if (!hearing.holds()) {
            tallies.missed(id, hearing);
            return;
        }
        Chain.Origin origin = chain.of(entry.draft());
        if (!declared.value().onOwn() && id.equals(origin.trigger())) {
            tallies.own(id);
            return;
        }
        firings.meet(declared, firing(declared, entry, origin), entry);
    }

    static Firing firing(Declared<Trigger> declared, Entry entry, Chain.Origin origin) {
        return new Firing(
                TriggerFirings.idOf(declared.identity()),
                entry.id().hex(),
                null,
                entry.position(),
                Subjects.of(entry.draft()),
                origin.depth() + 1,
                declared.record().hex(),
                false);
    }
}
