package io.fourfold.web;

import io.fourfold.kit.Commands;
import io.fourfold.kit.Decision;
import io.fourfold.kit.Outcome;
import io.fourfold.log.Entry;
import io.fourfold.log.Refusal;
import io.fourfold.orchestration.execution.Execution;
import io.fourfold.orchestration.execution.ExecutionCommand;
import io.fourfold.orchestration.execution.ExecutionState;
import io.fourfold.view.ExecutionRow;
import io.fourfold.view.Page;
import io.fourfold.view.Views;
import io.fourfold.view.Where;
import io.fourfold.view.WorkflowRow;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The same asked of many executions: of each by itself, so that one that refuses keeps none of the others from it. */
@ApplicationScoped
@Path("executions/bulk")
public class BulkResource {

    /** Executions that one request asks; the longest queued first. */
    static final int EXECUTIONS_MAX = 1_000;

    @Inject
    Views views;

    @Inject
    Orders orders;

    @Inject
    Commands commands;

    @Inject
    Changes changes;

    @Inject
    Clock clock;

    /**
     * Which executions; each field narrows further.
     *
     * @param status     where it is null those for which the verb is meant
     * @param repository that it has to do with, however it was named
     */
    record Filter(
            List<String> status,
            String workflowId,
            String repository,
            String queuedBefore,
            String startedBefore,
            String startedAfter) {}

    /** @param dryRun says what would become of each, and does nothing */
    record Asked(String verb, Filter filter, Boolean dryRun, String reason, Boolean force) {}

    /** @param remaining that match as well and were not asked: ask again */
    record Done(
            String verb,
            boolean dryRun,
            long matched,
            long accepted,
            long refused,
            long remaining,
            List<One> results) {}

    /** @param state after it, or as it would be asked in a dry run */
    record One(
            String executionId,
            String workflowId,
            boolean success,
            String state,
            String message,
            String code,
            String error) {

        static One done(ExecutionRow row, ExecutionState state) {
            boolean waits = state.wanted() != ExecutionState.Wanted.NOTHING;
            String message = waits ? "takes effect at the next yield point" : null;
            return new One(row.id, row.workflowId, true, state.status().wire(), message, null, null);
        }

        static One refused(ExecutionRow row, Refusal refusal) {
            return new One(
                    row.id,
                    row.workflowId,
                    false,
                    row.status,
                    null,
                    refusal.code().name(),
                    refusal.message());
        }
    }

    @POST
    public Response all(@HeaderParam(Caller.HEADER) String actor, String body) {
        Asked asked = Body.read(body, Asked.class);
        BulkVerb verb = BulkVerb.of(Body.required("verb", asked.verb()));
        checked(asked, verb);
        boolean dry = Boolean.TRUE.equals(asked.dryRun());
        Page<ExecutionRow> matched = matched(where(verb, Body.required("filter", asked.filter())));
        List<One> results = new ArrayList<>();
        long last = 0;
        for (ExecutionRow row : matched.items()) {
            ExecutionCommand command = verb.of(row.id, asked.reason(), Boolean.TRUE.equals(asked.force()));
            Optional<Refusal> refusal = changes.refusal(verb.begins(), "execution", row.id, actor);
            if (refusal.isPresent()) {
                results.add(One.refused(row, refusal.get()));
            } else if (dry) {
                results.add(tried(row, command));
            } else {
                Outcome<ExecutionState> outcome = commands.handle(Execution.AGGREGATE, command, Caller.of(actor));
                results.add(told(row, outcome));
                last = Math.max(last, position(outcome));
            }
        }
        orders.settle(last);
        long accepted = results.stream().filter(One::success).count();
        return Answer.ok(new Done(
                verb.wire(),
                dry,
                matched.total(),
                accepted,
                results.size() - accepted,
                Math.max(0, matched.total() - results.size()),
                results));
    }

    private static void checked(Asked asked, BulkVerb verb) {
        boolean reasoned = verb == BulkVerb.PAUSE || verb == BulkVerb.CANCEL || verb == BulkVerb.INTERRUPT;
        if (asked.reason() != null && !reasoned) {
            throw Body.wrong("reason", "none for " + verb.wire() + ", but there is one");
        }
        if (asked.force() != null && verb != BulkVerb.CANCEL) {
            throw Body.wrong("force", "it only for cancel, but the verb is " + verb.wire());
        }
    }

    private Where where(BulkVerb verb, Filter filter) {
        List<String> status = filter.status() == null || filter.status().isEmpty()
                ? verb.statuses()
                : ExecutionsResource.statuses(String.join(",", filter.status()));
        String workflow = filter.workflowId() == null
                ? null
                : Lookup.one(views, WorkflowRow.class, "workflow", filter.workflowId()).id;
        return Views.where()
                .is("status", status)
                .is("workflowId", workflow)
                .before("queuedAt", Filters.time("filter.queued_before", filter.queuedBefore()))
                .before("startedAt", Filters.time("filter.started_before", filter.startedBefore()))
                .after("startedAt", Filters.time("filter.started_after", filter.startedAfter()))
                .onRepositories(RepositoryScope.of(views, filter.repository(), null, null, null));
    }

    /** All of them before the first is asked: who is asked may match no longer. */
    private Page<ExecutionRow> matched(Where where) {
        List<ExecutionRow> rows = new ArrayList<>();
        Page<ExecutionRow> page;
        int number = 1;
        do {
            page = views.page(ExecutionRow.class, where, "r.queuedAt, r.id", number++, Views.PAGE_MAX);
            rows.addAll(page.items());
        } while (page.items().size() == Views.PAGE_MAX && rows.size() < EXECUTIONS_MAX);
        return new Page<>(rows, page.total());
    }

    private One tried(ExecutionRow row, ExecutionCommand command) {
        ExecutionState state = commands.state(Execution.AGGREGATE, Execution.threadOf(row.id));
        return switch (Execution.AGGREGATE.decide(command, state, clock.instant())) {
            case Decision.Refused<?> refused -> One.refused(row, refused.refusal());
            case Decision.Accepted<?> accepted -> new One(row.id, row.workflowId, true, row.status, null, null, null);
        };
    }

    private static One told(ExecutionRow row, Outcome<ExecutionState> outcome) {
        return switch (outcome) {
            case Outcome.Refused<ExecutionState> refused -> One.refused(row, refused.refusal());
            case Outcome.Done<ExecutionState> done -> One.done(row, done.state());
        };
    }

    private static long position(Outcome<ExecutionState> outcome) {
        return switch (outcome) {
            case Outcome.Refused<ExecutionState> refused -> 0;
            case Outcome.Done<ExecutionState> done ->
                done.entries().stream().mapToLong(Entry::position).max().orElse(0);
        };
    }
}
