package io.fourfold.orchestration.execution;

import io.fourfold.orchestration.agent.Summary;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workflow.Repositories.Repo;
import io.fourfold.session.AgentResult;
import io.fourfold.session.Session;

/** The records of the sessions of one phase. */
record PhaseSessions(House house, String executionId, Phase phase) {

    Session.State state(String sessionId) {
        return house.commands().state(Session.AGGREGATE, Session.threadOf(sessionId));
    }

    void start(String sessionId, ExecutionPlan plan) throws InterruptedException {
        Session.Subject subject = new Session.Subject(
                executionId,
                plan.workflowId(),
                plan.workflowName(),
                phase.id(),
                phase.name(),
                phase.agent(),
                phase.model(),
                plan.repos().stream().map(Repo::url).toList());
        house.tell(Session.AGGREGATE, new Session.Command.Start(sessionId, subject));
    }

    /** {@code conversationSha256} is null when there was none. */
    void complete(String sessionId, AgentResult result, String conversationSha256, Summary summary)
            throws InterruptedException {
        house.tell(
                Session.AGGREGATE,
                new Session.Command.Complete(
                        sessionId, result, conversationSha256, summary.providerCostUsd(), summary.numTurns()));
    }
}
