package io.fourfold.orchestration.execution;

import io.fourfold.kit.Commands;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Did;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Refusal;
import io.fourfold.orchestration.workflow.Inputs;
import io.fourfold.orchestration.workflow.Repositories;
import io.fourfold.orchestration.workflow.Workflow;
import io.fourfold.orchestration.workflow.WorkflowDefinition;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/** Starts executions: pins what the workflow says now, checks what was given, and puts it into the queue. */
public final class Starter {

    private final Commands commands;

    public Starter(Commands commands) {
        this.commands = commands;
    }

    /**
     * What a caller asks for.
     *
     * @param repos      instead of the workflow's own; empty for those
     * @param maxCostUsd for the whole execution, or null
     * @param cause      the id of the record that led to it, or null
     */
    public record Request(
            String workflowId,
            Map<String, String> inputs,
            String task,
            List<String> repos,
            BigDecimal maxCostUsd,
            String cause) {}

    /** Queues an execution under the given id; asking again with the same id is refused as ALREADY_EXISTS. */
    public Outcome<ExecutionState> start(String executionId, Request request, Did actor) {
        Workflow.State workflow = workflow(request.workflowId());
        if (!workflow.exists() || workflow.archived()) {
            String is = workflow.exists() ? " is archived" : " does not exist";
            Refusal.Code code = workflow.exists() ? Refusal.Code.WRONG_STATE : Refusal.Code.NOT_FOUND;
            return refused(Refusal.of(code, "Expected a workflow to run, but " + request.workflowId() + is));
        }
        if (request.maxCostUsd() != null && request.maxCostUsd().signum() <= 0) {
            return refused(Refusal.of(
                    Refusal.Code.INVALID_INPUT,
                    "max_budget_usd: expected more than 0, but was "
                            + request.maxCostUsd().toPlainString()));
        }
        return start(executionId, workflow.definition(), workflow.revision(), request, actor);
    }

    /** The same with a definition that is registered nowhere; its revision is 0. */
    public Outcome<ExecutionState> start(
            String executionId, WorkflowDefinition definition, Request request, Did actor) {
        return start(executionId, definition, 0, request, actor);
    }

    private Outcome<ExecutionState> start(
            String executionId, WorkflowDefinition definition, long revision, Request request, Did actor) {
        return switch (Inputs.resolve(definition, request.inputs(), request.task())) {
            case Inputs.Result.Refused refused -> refused(refused.refusal());
            case Inputs.Result.Resolved inputs -> queue(executionId, request, definition, revision, inputs, actor);
        };
    }

    /** What can be no id is the id of no workflow. */
    private Workflow.State workflow(String id) {
        try {
            return commands.state(Workflow.AGGREGATE, Workflow.threadOf(id));
        } catch (InvalidRecord noId) {
            return Workflow.AGGREGATE.initial();
        }
    }

    private Outcome<ExecutionState> queue(
            String executionId,
            Request request,
            WorkflowDefinition definition,
            long revision,
            Inputs.Result.Resolved inputs,
            Did actor) {
        return switch (Repositories.resolve(definition, inputs.values(), request.repos())) {
            case Repositories.Result.Refused refused -> refused(refused.refusal());
            case Repositories.Result.Resolved repos -> {
                ExecutionPlan plan = new ExecutionPlan(
                        definition.id(),
                        definition.name(),
                        revision,
                        inputs.task(),
                        inputs.values(),
                        repos.repos(),
                        definition.phases(),
                        definition.files(),
                        request.maxCostUsd(),
                        request.cause());
                yield commands.begin(Execution.AGGREGATE, Execution.threadOf(executionId), actor)
                        .handle(new ExecutionCommand.Queue(executionId, plan));
            }
        };
    }

    private static Outcome<ExecutionState> refused(Refusal refusal) {
        return new Outcome.Refused<>(refusal);
    }
}
