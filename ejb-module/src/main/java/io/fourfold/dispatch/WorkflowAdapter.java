package io.fourfold.dispatch;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Refusal;
import io.fourfold.orchestration.execution.ExecutionState;
import io.fourfold.orchestration.execution.Starter;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Starts an execution of a workflow, whose id follows from the record: begun again it finds the same one. */
public final class WorkflowAdapter implements Adapter {

    private static final int ID_HEX = 12;

    private final Starter starter;
    private final String workflowId;
    private final BigDecimal budgetUsd;

    /** @param budgetUsd for the whole execution; null where its phases' own budgets are all there is */
    WorkflowAdapter(Starter starter, String workflowId, BigDecimal budgetUsd) {
        this.starter = starter;
        this.workflowId = workflowId;
        this.budgetUsd = budgetUsd;
    }

    @Override
    public String family() {
        return "workflow";
    }

    @Override
    public boolean repeatable() {
        return true;
    }

    @Override
    public Report perform(Brief brief) {
        Entry record = brief.record();
        String executionId = executionId(record.id());
        Starter.Request request = new Starter.Request(
                workflowId,
                inputs(record.body().tree().path("inputs")),
                record.body().text("task").or(() -> record.body().text("goal")).orElse(null),
                List.of(),
                budgetUsd,
                record.id().hex(),
                record.namespace());
        return switch (starter.start(executionId, request, record.draft().actor())) {
            case Outcome.Done<ExecutionState> done -> new Report.HandedOver(executionId);
            case Outcome.Refused<ExecutionState> refused -> refused(executionId, refused.refusal());
        };
    }

    static String executionId(EntryId record) {
        return "exec-" + record.hex().substring(0, ID_HEX);
    }

    static Report refused(String executionId, Refusal refusal) {
        return refusal.code() == Refusal.Code.ALREADY_EXISTS
                ? new Report.HandedOver(executionId)
                : Report.failed(refusal.message());
    }

    private static Map<String, String> inputs(JsonNode given) {
        Map<String, String> inputs = new LinkedHashMap<>();
        given.properties()
                .forEach(field -> inputs.put(field.getKey(), field.getValue().asText()));
        return inputs;
    }
}
