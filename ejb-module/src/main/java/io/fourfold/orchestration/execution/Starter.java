package io.fourfold.orchestration.execution;

import io.fourfold.kit.Commands;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Did;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Refusal;
import io.fourfold.orchestration.workflow.Concurrency;
import io.fourfold.orchestration.workflow.Inputs;
import io.fourfold.orchestration.workflow.Repositories;
import io.fourfold.orchestration.workflow.Workflow;
import io.fourfold.orchestration.workflow.WorkflowDefinition;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Starts executions: pins what the workflow says now, checks what was given, and lets it into the queue. */
public final class Starter {

    /** Of a limit in dollars, before and after the point together. */
    private static final int BUDGET_DIGITS_MAX = 40;

    private final Commands commands;
    private final Turnstile turnstile;

    public Starter(Commands commands) {
        this.commands = commands;
        this.turnstile = new Turnstile(commands);
    }

    /**
     * What a caller asks for.
     *
     * @param repos      instead of the workflow's own; empty for those
     * @param maxCostUsd for the whole execution, or null
     * @param cause      the id of the record that led to it, or null
     * @param namespace  where it is done
     */
    public record Request(
            String workflowId,
            Map<String, String> inputs,
            String task,
            List<String> repos,
            BigDecimal maxCostUsd,
            String cause,
            String namespace) {}

    /** Queues an execution under the given id; asking again with the same id is refused as ALREADY_EXISTS. */
    public Outcome<ExecutionState> start(String executionId, Request request, Did actor) {
        Workflow.State workflow = workflow(request.workflowId());
        if (!workflow.exists() || workflow.archived()) {
            String is = workflow.exists() ? " is archived" : " does not exist";
            Refusal.Code code = workflow.exists() ? Refusal.Code.WRONG_STATE : Refusal.Code.NOT_FOUND;
            return refused(Refusal.of(code, "Expected a workflow to run, but " + request.workflowId() + is));
        }
        return start(executionId, workflow.definition(), workflow.revision(), request, actor);
    }

    /** Not written out before it is known to be short. */
    private static boolean isBudget(BigDecimal usd) {
        return usd.signum() > 0 && (long) usd.precision() + Math.abs((long) usd.scale()) <= BUDGET_DIGITS_MAX;
    }

    /** The same with a definition that is registered nowhere; its revision is 0. */
    public Outcome<ExecutionState> start(
            String executionId, WorkflowDefinition definition, Request request, Did actor) {
        return start(executionId, definition, 0, request, actor);
    }

    private Outcome<ExecutionState> start(
            String executionId, WorkflowDefinition definition, long revision, Request request, Did actor) {
        if (request.maxCostUsd() != null && !isBudget(request.maxCostUsd())) {
            return refused(Refusal.of(
                    Refusal.Code.INVALID_INPUT,
                    "max_budget_usd: expected more than 0, of at most " + BUDGET_DIGITS_MAX + " digits, but was "
                            + request.maxCostUsd()));
        }
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
                Ticket plain = Ticket.of(request.namespace(), definition.id(), actor, repos.repos());
                Ticket ticket = plain;
                if (definition.concurrency() != null) {
                    String key = definition.concurrency().filled(inputs.values());
                    Optional<Refusal> wrong = Concurrency.wrong(key);
                    if (wrong.isPresent()) {
                        yield refused(wrong.get());
                    }
                    ticket = plain.with(definition.concurrency(), key);
                }
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
                        request.cause(),
                        ticket);
                yield turnstile.queue(executionId, plan, actor);
            }
        };
    }

    private static Outcome<ExecutionState> refused(Refusal refusal) {
        return new Outcome.Refused<>(refusal);
    }
}
