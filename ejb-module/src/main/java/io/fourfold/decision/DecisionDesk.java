package io.fourfold.decision;

import io.fourfold.config.ConfigDesk;
import io.fourfold.config.EngineConfig;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.DataType;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Expect;
import io.fourfold.log.Json;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import io.fourfold.log.Refusal.Code;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Asks and answers: folds the decisions, decides, appends with the length of their thread as expectation, so that one
 * answer counts and equal proposals are one. What an approval brings into force is a record that follows from it alone:
 * written twice it is the same.
 */
public final class DecisionDesk {

    /** Open at once; nothing more is asked then. */
    public static final int OPEN_MAX = 500;

    static final Did ENGINE = new Did("did:fourfold:system:decisions");

    private static final int TRIES_MAX = 8;
    private static final int ID_HEX = 16;

    private final Register register;
    private final Proposals proposals;
    private final Function<Append, Receipt> inlet;

    /** @param inlet the engine's own door */
    public DecisionDesk(Register register, Proposals proposals, Function<Append, Receipt> inlet) {
        this.register = register;
        this.proposals = proposals;
        this.inlet = inlet;
    }

    /**
     * What is to be asked.
     *
     * @param proposal the body of a configuration record, with its topic
     * @param record   for which it is asked
     * @param intent   the intent that asking fulfills
     */
    public record Question(
            String text, Json proposal, double confidence, String rationale, Entry record, EntryId intent, Did by) {}

    /** What came of it. */
    public sealed interface Outcome {

        record Done(Decision decision) implements Outcome {}

        record Refused(Refusal refusal) implements Outcome {}
    }

    /** What is to be appended about a decision. */
    private sealed interface Step {

        /** {@code about} is null for one that is new: that of the first draft. */
        record Write(List<Draft> drafts, EntryId about) implements Step {}

        record Already(Decision decision) implements Step {}

        record Refuse(Refusal refusal) implements Step {}
    }

    /** The decision that was open already where one proposes the same; its record then waits for that one. */
    public Outcome ask(Question question) {
        return append(inlet, now -> {
            Optional<Decision> same = now.open().stream()
                    .filter(decision -> decision.proposes(question.proposal()))
                    .findFirst();
            if (same.isPresent()) {
                return join(same.get(), question.record(), question.by());
            }
            return now.open().size() < OPEN_MAX
                    ? new Step.Write(List.of(Wording.request(question)), null)
                    : new Step.Refuse(Refusal.of(
                            Code.OVERLOADED, "Expected less than " + OPEN_MAX + " open decisions, but there are more"));
        });
    }

    /** Lets a record wait for an open decision. */
    public Outcome join(EntryId decision, Entry record, Did by) {
        return append(inlet, now -> now.of(decision)
                .<Step>map(known -> join(known, record, by))
                .orElseGet(() -> new Step.Refuse(
                        Refusal.of(Code.NOT_FOUND, "Expected a decision, but there is none with the id " + decision))));
    }

    private static Step join(Decision decision, Entry record, Did by) {
        boolean done = !decision.isOpen()
                || decision.records().contains(record.id())
                || decision.records().size() >= Decision.RECORDS_MAX;
        return done
                ? new Step.Already(decision)
                : new Step.Write(List.of(Wording.joined(decision, record, by)), decision.id());
    }

    /** Answers as a person; {@code door} is open as far as it is for him. An approval is in force on return. */
    public Outcome decide(String id, Verdict verdict, Did by, Function<Append, Receipt> door) {
        Outcome outcome = append(door, now -> switch (now.find(id, any -> true)) {
            case Decisions.Search.Failed failed -> new Step.Refuse(failed.refusal());
            case Decisions.Search.One one -> answer(one.decision(), verdict, by);
        });
        if (outcome instanceof Outcome.Done done) {
            learn(done.decision());
        }
        return outcome;
    }

    private Step answer(Decision decision, Verdict verdict, Did by) {
        if (!decision.isOpen()) {
            return new Step.Refuse(Refusal.of(
                    Code.WRONG_STATE,
                    "Expected OPEN, but " + decision.id() + " is " + decision.status() + " by "
                            + decision.answer().by()));
        }
        return switch (verdict) {
            case Verdict.Reject reject -> judged(decision, Wording.rejection(decision, reject.reason(), by), false, by);
            case Verdict.Approve approve -> approval(decision, approve, by);
        };
    }

    private Step approval(Decision decision, Verdict.Approve approve, Did by) {
        if (decision.proposal() == null) {
            return approve.edit() == null
                    ? judged(decision, Wording.approval(decision, null, approve.reason(), null, by), true, by)
                    : new Step.Refuse(Refusal.of(
                            Code.INVALID_INPUT, "edit: expected none where nothing is proposed, but there is one"));
        }
        return switch (proposals.read(decision.proposal(), approve.edit())) {
            case ConfigDesk.Checked.Refused<?> refused -> new Step.Refuse(refused.refusal());
            case ConfigDesk.Checked.Valid<?> valid ->
                judged(decision, Wording.approval(decision, valid.body(), approve.reason(), null, by), true, by);
        };
    }

    /** Nobody judges himself. */
    private static Step judged(Decision decision, Draft answer, boolean accepted, Did by) {
        boolean own = decision.request().draft().actor().equals(by);
        List<Draft> drafts = own ? List.of(answer) : List.of(answer, Wording.judgement(decision, accepted, by));
        return new Step.Write(drafts, decision.id());
    }

    /** Approves because a rule of the configuration says so. It says nothing about who proposed it. */
    Outcome apply(EntryId id, String rule) {
        return append(
                inlet,
                now -> ifOpen(
                        now, id, decision -> Wording.approval(decision, decision.proposal(), null, rule, ENGINE)));
    }

    Outcome expire(EntryId id, int days) {
        return append(inlet, now -> ifOpen(now, id, decision -> Wording.expiry(decision, days, ENGINE)));
    }

    private static Step ifOpen(Decisions now, EntryId id, Function<Decision, Draft> answer) {
        Decision decision = now.of(id).orElseThrow();
        return decision.isOpen() ? new Step.Write(List.of(answer.apply(decision)), id) : new Step.Already(decision);
    }

    /** Brings into force what was approved; nothing for any other decision. */
    Optional<ConfigDesk.Outcome> learn(Decision decision) {
        return learning(decision).map(draft -> ConfigDesk.write(draft, inlet));
    }

    /** The record that brings an approval into force: by an actor of its own, so that it is the same every time. */
    static Optional<Draft> learning(Decision decision) {
        if (decision.status() != Decision.Status.APPROVED) {
            return Optional.empty();
        }
        String actor = ENGINE + ":" + decision.id().hex().substring(0, ID_HEX);
        return decision.rule()
                .map(rule -> new Draft(
                        List.of(decision.id(), decision.answer().id()),
                        EngineConfig.THREAD,
                        new Did(actor),
                        Act.LEARN,
                        rule,
                        0L,
                        DataType.SCALAR,
                        null));
    }

    private Outcome append(Function<Append, Receipt> door, Function<Decisions, Step> decide) {
        Refusal last = null;
        for (int attempt = 0; attempt < TRIES_MAX; attempt++) {
            Decisions now = register.now();
            switch (decide.apply(now)) {
                case Step.Refuse refuse -> {
                    return new Outcome.Refused(refuse.refusal());
                }
                case Step.Already already -> {
                    return new Outcome.Done(already.decision());
                }
                case Step.Write write -> {
                    switch (door.apply(new Append(write.drafts(), Expect.length(now.version())))) {
                        case Receipt.Stored stored -> {
                            EntryId about =
                                    write.about() == null ? stored.entry().id() : write.about();
                            return new Outcome.Done(register.now().of(about).orElseThrow());
                        }
                        case Receipt.Refused refused -> last = refused.refusal();
                    }
                }
            }
            if (last.code() != Code.VERSION_CONFLICT) {
                break;
            }
        }
        return new Outcome.Refused(last);
    }
}
