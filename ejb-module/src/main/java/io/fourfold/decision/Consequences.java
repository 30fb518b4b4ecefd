package io.fourfold.decision;

import io.fourfold.config.ConfigDesk;
import io.fourfold.config.DecisionRule;
import io.fourfold.config.Declared;
import io.fourfold.config.EngineConfig;
import io.fourfold.expression.Bindings;
import io.fourfold.expression.ExpressionFailure;
import io.fourfold.expression.Facts;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Log;
import io.fourfold.log.RecordHash;
import io.fourfold.log.Refusal.Code;
import java.lang.System.Logger.Level;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Carries out what decisions come to, also those that were answered by a plain record, or just before a crash: what was
 * approved comes into force, and what a decision rule says to apply is approved. A turn may be repeated.
 */
public final class Consequences {

    private static final System.Logger LOGGER = System.getLogger(Consequences.class.getName());

    /** Refusals that another turn may not meet. */
    private static final Set<Code> PASSING = Set.of(Code.OVERLOADED, Code.UNAVAILABLE, Code.STORAGE_FULL);

    private record Moment(long decisions, long config) {}

    private final Register register;
    private final DecisionDesk desk;
    private final Supplier<EngineConfig> config;
    private final Log log;
    private final Did proposer;
    private final PhaseApprovals phases;
    private final Set<EntryId> settled = new HashSet<>();
    private Moment last;

    /** @param proposer the only one whose proposals a rule may apply */
    public Consequences(
            Register register,
            DecisionDesk desk,
            Supplier<EngineConfig> config,
            Log log,
            Did proposer,
            PhaseApprovals phases) {
        this.register = register;
        this.desk = desk;
        this.config = config;
        this.log = log;
        this.proposer = proposer;
        this.phases = phases;
    }

    /** How many there were. For one thread at a time. */
    public int turn(Instant now) {
        Decisions decisions = register.now();
        EngineConfig rules = config.get();
        Moment moment = new Moment(decisions.version(), rules.position());
        if (moment.equals(last)) {
            return 0;
        }
        int done = 0;
        for (Decision decision : decisions.all()) {
            Optional<Wording.PhaseOf> phase = phases.about(decision);
            if (phase.isPresent()) {
                done += settled.contains(decision.id()) ? 0 : phases.settle(decision, phase.get());
                if (!decision.isOpen()) {
                    settled.add(decision.id());
                }
                continue;
            }
            done += switch (decision.status()) {
                case OPEN -> apply(decision, rules, now);
                case APPROVED -> learn(decision);
                case REJECTED, EXPIRED -> 0;
            };
        }
        settled.removeIf(id -> decisions.of(id).isEmpty());
        last = moment;
        return done;
    }

    private int learn(Decision decision) {
        if (settled.contains(decision.id())) {
            return 0;
        }
        boolean there = DecisionDesk.learning(decision)
                .map(draft -> log.find(RecordHash.id(draft)).isPresent())
                .orElse(true);
        if (!there && desk.learn(decision).orElseThrow() instanceof ConfigDesk.Outcome.Refused refused) {
            if (PASSING.contains(refused.refusal().code())) {
                throw new IllegalStateException(refused.refusal().message());
            }
            LOGGER.log(
                    Level.WARNING,
                    "What decision {0} approved cannot be recorded: {1}",
                    decision.id(),
                    refused.refusal().message());
        }
        settled.add(decision.id());
        return there ? 0 : 1;
    }

    private int apply(Decision decision, EngineConfig rules, Instant now) {
        if (!decision.request().draft().actor().equals(proposer) || decision.proposal() == null) {
            return 0;
        }
        Optional<Declared<DecisionRule>> first = rules.decisionRules().stream()
                .filter(rule -> holds(rule.value(), decision, now))
                .findFirst();
        if (first.isEmpty()) {
            return 0;
        }
        return switch (first.get().value().action()) {
            case PRESENT -> 0;
            case AUTO_APPLY -> {
                DecisionDesk.Outcome outcome =
                        desk.apply(decision.id(), first.get().identity().path());
                yield outcome instanceof DecisionDesk.Outcome.Done done ? 1 + learn(done.decision()) : 0;
            }
        };
    }

    /** A rule that cannot be evaluated does not hold. */
    private boolean holds(DecisionRule rule, Decision decision, Instant now) {
        List<EntryId> records = decision.records();
        Optional<Entry> record = records.isEmpty() ? Optional.empty() : log.find(records.getFirst());
        if (record.isEmpty() || decision.confidence() == null) {
            return false;
        }
        String topic = decision.proposal().text("topic").orElse("");
        Map<String, Object> variables = Map.of(
                "record", Bindings.record(record.get()),
                "proposal_confidence", decision.confidence(),
                "meta_trust", register.trust(proposer, topic, now));
        try {
            return rule.when().holds(variables, Facts.NONE);
        } catch (ExpressionFailure doesNotApply) {
            return false;
        }
    }
}
