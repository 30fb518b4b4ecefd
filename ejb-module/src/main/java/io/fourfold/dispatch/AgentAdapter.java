package io.fourfold.dispatch;

import io.fourfold.kit.Outcome;
import io.fourfold.log.Entry;
import io.fourfold.orchestration.execution.ExecutionState;
import io.fourfold.orchestration.execution.Starter;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workflow.WorkflowDefinition;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** The goal as an execution of one phase, within the dispatch's time and money. */
public final class AgentAdapter implements Adapter {

    private static final String PHASE = "goal";

    private final Starter starter;
    private final String agent;
    private final String model;

    AgentAdapter(Starter starter, String agent, String model) {
        this.starter = starter;
        this.agent = agent;
        this.model = model;
    }

    @Override
    public String family() {
        return "agent";
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public Report perform(Brief brief) {
        Entry record = brief.record();
        String goal =
                record.body().text("task").or(() -> record.body().text("goal")).orElse(null);
        if (goal == null) {
            return Report.failed("goal: expected text, but the record has neither goal nor task");
        }
        String executionId = WorkflowAdapter.executionId(record.id());
        Starter.Request request = new Starter.Request(
                agent, Map.of(), goal, List.of(), brief.budgetUsd(), record.id().hex(), record.namespace());
        return switch (starter.start(
                executionId, definition(brief), request, record.draft().actor())) {
            case Outcome.Done<ExecutionState> done -> new Report.HandedOver(executionId);
            case Outcome.Refused<ExecutionState> refused -> WorkflowAdapter.refused(executionId, refused.refusal());
        };
    }

    private WorkflowDefinition definition(Brief brief) {
        String id = "agent." + agent;
        return new WorkflowDefinition(
                id,
                id,
                null,
                null,
                null,
                null,
                null,
                null,
                List.of(),
                false,
                List.of(),
                List.of(phase(brief)),
                null,
                Map.of());
    }

    private Phase phase(Brief brief) {
        BigDecimal budget = brief.budgetUsd();
        int seconds = Math.toIntExact(brief.timeout().toSeconds());
        return new Phase(
                PHASE,
                PHASE,
                1,
                null,
                null,
                "$ARGUMENTS",
                agent,
                model,
                null,
                0,
                List.of(),
                null,
                seconds,
                budget,
                List.of(),
                List.of(),
                "sequential",
                null);
    }
}
