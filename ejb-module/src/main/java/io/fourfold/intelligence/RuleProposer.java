package io.fourfold.intelligence;

import io.fourfold.config.EngineConfig;
import io.fourfold.decision.Decision;
import io.fourfold.decision.DecisionDesk;
import io.fourfold.dispatch.Adapter;
import io.fourfold.dispatch.Brief;
import io.fourfold.dispatch.Report;
import io.fourfold.dispatch.Result;
import io.fourfold.intelligence.Proposal.Unusable;
import io.fourfold.intelligence.Provider.Completion;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.orchestration.agent.ModelPrice;
import io.fourfold.routing.Cascade;
import io.fourfold.telemetry.Usage;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Has a model propose a routing rule for a record, and asks people about it. A record that an open proposal covers
 * waits for the same answer and costs nothing, and of one that a rule routes by now nothing is asked. An answer that
 * cannot be used is told so once.
 */
public final class RuleProposer implements Adapter {

    /** For one call of the model, where the dispatch's own time is not shorter. */
    static final Duration CALL_TIMEOUT = Duration.ofSeconds(60);

    private static final int CALLS_MAX = 2;

    private final Provider provider;
    private final Supplier<EngineConfig> config;
    private final Examination examination;
    private final DecisionDesk desk;
    private final Surroundings.Source surroundings;

    public RuleProposer(
            Provider provider,
            Supplier<EngineConfig> config,
            Examination examination,
            DecisionDesk desk,
            Surroundings.Source surroundings) {
        this.provider = provider;
        this.config = config;
        this.examination = examination;
        this.desk = desk;
        this.surroundings = surroundings;
    }

    @Override
    public String family() {
        return "intelligence";
    }

    /** What it asked is found in the log. */
    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public Report perform(Brief brief) throws InterruptedException {
        Entry record = brief.record();
        if (examination.about(record).isPresent() || examination.isRouted(record)) {
            return Report.done();
        }
        Optional<Decision> awaited = examination.awaited(record);
        if (awaited.isPresent()) {
            return report(desk.join(awaited.get().id(), record, Cascade.INTELLIGENCE), Usage.NONE, BigDecimal.ZERO);
        }
        Optional<ModelPrice> price = config.get().prices().of(provider.model());
        if (price.isEmpty()) {
            return Report.failed("Expected a model whose price is known, but " + provider.model()
                    + " is not: fourfold config add model_price NAME model=… input=… output=…");
        }
        Surroundings around = surroundings.of(record);
        return around.targets().isEmpty()
                ? Report.failed("Expected somebody to route to, but there is neither an adapter nor a workflow")
                : ask(brief, around, price.get());
    }

    private Report ask(Brief brief, Surroundings around, ModelPrice price) throws InterruptedException {
        Provider.Prompt prompt = Briefing.of(brief.record(), around);
        Usage spent = Usage.NONE;
        String fault = null;
        for (int call = 0; call < CALLS_MAX; call++) {
            if (price.cost(spent).compareTo(brief.budgetUsd()) > 0) {
                break;
            }
            switch (provider.complete(prompt, timeout(brief))) {
                case Completion.Transient away -> {
                    return call == 0 ? new Report.Transient(away.reason()) : failed(away.reason(), spent, price);
                }
                case Completion.Final wrong -> {
                    return failed(wrong.reason(), spent, price);
                }
                case Completion.Said said -> {
                    spent = spent.plus(said.usage());
                    try {
                        Proposal proposal = Proposal.read(said.text());
                        Json rule = examination.accept(proposal, brief.record(), around.targets());
                        return report(desk.ask(question(brief, proposal, rule)), spent, price.cost(spent));
                    } catch (Unusable unusable) {
                        fault = unusable.getMessage();
                        prompt = Briefing.again(prompt, said.text(), fault);
                    }
                }
            }
        }
        return failed("Expected a rule that can be used, but the model's has: " + fault, spent, price);
    }

    private static Duration timeout(Brief brief) {
        Duration share = brief.timeout().dividedBy(CALLS_MAX);
        return share.compareTo(CALL_TIMEOUT) < 0 ? share : CALL_TIMEOUT;
    }

    private static DecisionDesk.Question question(Brief brief, Proposal proposal, Json rule) {
        String text = "Send records like this one to " + rule.text("target").orElseThrow() + "?";
        return new DecisionDesk.Question(
                text,
                rule,
                proposal.confidence(),
                proposal.rationale(),
                brief.record(),
                brief.intent(),
                Cascade.INTELLIGENCE);
    }

    private static Report report(DecisionDesk.Outcome outcome, Usage spent, BigDecimal cost) {
        return switch (outcome) {
            case DecisionDesk.Outcome.Done done -> new Report.Finished(result(null, spent, cost));
            case DecisionDesk.Outcome.Refused refused ->
                new Report.Finished(result(refused.refusal().message(), spent, cost));
        };
    }

    private static Report failed(String reason, Usage spent, ModelPrice price) {
        return new Report.Finished(result(reason, spent, price.cost(spent)));
    }

    private static Result result(String failure, Usage spent, BigDecimal cost) {
        return new Result(failure == null, failure, cost, spent.total() - spent.output(), spent.output());
    }
}
