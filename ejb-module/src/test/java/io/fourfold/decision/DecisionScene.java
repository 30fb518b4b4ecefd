package io.fourfold.decision;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.config.ConfigDesk;
import io.fourfold.config.EngineConfig;
import io.fourfold.config.EngineConfigs;
import io.fourfold.expression.Expressions;
import io.fourfold.kit.Commands;
import io.fourfold.kit.HandClock;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.ThreadId;
import io.fourfold.log.memory.MemoryLog;
import io.fourfold.routing.Cascade;
import java.time.Instant;
import java.util.List;
import java.util.function.Predicate;

/** Decisions over a log in memory. Bodies are JSON with single quotes. */
public final class DecisionScene {

    public static final Did ALICE = new Did("did:fourfold:user:alice");
    public static final Did BOB = new Did("did:fourfold:user:bob");
    public static final Did EXECUTOR = new Did("did:fourfold:system:executor");
    public static final ThreadId WORK = new ThreadId("th_work");

    private static final EntryId INTENT = new EntryId("ab".repeat(32));

    public final HandClock clock = new HandClock(Instant.parse("2026-03-01T12:00:00Z"));
    public final Log log = new MemoryLog(clock);
    public final EngineConfigs configs = new EngineConfigs(log, new Expressions());
    public final ConfigDesk configDesk = new ConfigDesk(configs, log);
    public final Register register = new Register(log);
    public final DecisionDesk desk = new DecisionDesk(register, new Proposals(configDesk), this::append);

    public final Commands commands = new Commands(log, this::append, clock);
    public final PhaseApprovals approvals = new PhaseApprovals(register, commands, this::append, EXECUTOR);

    /** Drafts that are not taken, as if the server went down before; none at first. */
    public Predicate<Draft> lost = draft -> false;

    public Receipt append(Append append) {
        if (append.drafts().stream().anyMatch(lost)) {
            throw new IllegalStateException("crashed before the append");
        }
        Receipt receipt = log.append(List.of(append)).getFirst();
        configs.catchUp();
        return receipt;
    }

    public static Json json(String quoted) {
        return Json.parse(quoted.replace("\\'", "`").replace('\'', '"').replace('`', '\''));
    }

    public Entry say(ThreadId thread, Did actor, Act act, String body) {
        Receipt receipt = append(Append.of(Draft.of(thread, actor, act, json(body))));
        assertThat(receipt).isInstanceOf(Receipt.Stored.class);
        return ((Receipt.Stored) receipt).entry();
    }

    public Entry intend(String body) {
        return say(WORK, ALICE, Act.INTEND, body);
    }

    public void configure(String body) {
        say(EngineConfig.THREAD, ALICE, Act.LEARN, body);
    }

    /** A rule for deployments, changed by more fields. */
    public static Json rule(String name, String target) {
        return json("{'topic':'routing_rule','name':'" + name
                + "','expression':'has(record.body.kind) && record.body.kind == \\'deploy\\'','target':'" + target
                + "'}");
    }

    public Decision ask(Entry record, Json rule) {
        DecisionDesk.Outcome outcome = desk.ask(new DecisionDesk.Question(
                "Send it there?", rule, 0.8, "because", record, INTENT, Cascade.INTELLIGENCE));
        assertThat(outcome).isInstanceOf(DecisionDesk.Outcome.Done.class);
        return ((DecisionDesk.Outcome.Done) outcome).decision();
    }

    public Decision asked() {
        return ask(intend("{'kind':'deploy'}"), rule("deployments", "did:x:y"));
    }

    public DecisionDesk.Outcome decide(Decision decision, Verdict verdict) {
        return desk.decide(decision.id().hex(), verdict, ALICE, this::append);
    }

    public Decision now(Decision decision) {
        return register.now().of(decision.id()).orElseThrow();
    }

    public List<Entry> thread(ThreadId thread) {
        return log.thread(thread, 0, Log.READ_MAX);
    }

    public List<String> rulesInForce() {
        return configs.current().routingRules().stream()
                .map(rule -> rule.identity().path() + " -> " + rule.value().target())
                .toList();
    }
}
