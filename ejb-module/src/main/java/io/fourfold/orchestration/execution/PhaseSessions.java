package io.fourfold.orchestration.execution;

import io.fourfold.kit.Opened;
import io.fourfold.orchestration.agent.Summary;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workflow.Repositories.Repo;
import io.fourfold.session.AgentResult;
import io.fourfold.session.Session;
import java.util.HashMap;
import java.util.Map;

/** The records of the sessions of one phase. */
final class PhaseSessions {

    private final House house;
    private final String executionId;
    private final Phase phase;
    private final Map<String, Opened<Session.Command, Session.State, Session.Event>> open = new HashMap<>();

    private String ours;

    PhaseSessions(House house, String executionId, Phase phase) {
        this.house = house;
        this.executionId = executionId;
        this.phase = phase;
    }

    private Opened<Session.Command, Session.State, Session.Event> of(String sessionId) {
        return open.computeIfAbsent(
                sessionId, id -> house.commands().open(Session.AGGREGATE, Session.threadOf(id), house.actor()));
    }

    Session.State state(String sessionId) {
        return of(sessionId).state();
    }

    /** Of a session that nobody can have started before. */
    Opened.Step<?, ?, ?> first(String sessionId, ExecutionPlan plan) {
        open.put(sessionId, house.commands().begin(Session.AGGREGATE, Session.threadOf(sessionId), house.actor()));
        ours = sessionId;
        return start(sessionId, plan);
    }

    /** Whether it was started here. */
    boolean isOurs(String sessionId) {
        return sessionId.equals(ours);
    }

    Opened.Step<?, ?, ?> start(String sessionId, ExecutionPlan plan) {
        Session.Subject subject = new Session.Subject(
                executionId,
                plan.workflowId(),
                plan.workflowName(),
                phase.id(),
                phase.name(),
                phase.agent(),
                phase.model(),
                plan.repos().stream().map(Repo::url).toList());
        return of(sessionId).step(new Session.Command.Start(sessionId, subject));
    }

    /** {@code conversationSha256} is null when there was none. */
    Opened.Step<?, ?, ?> complete(String sessionId, AgentResult result, String conversationSha256, Summary summary) {
        return of(sessionId)
                .step(new Session.Command.Complete(
                        sessionId, result, conversationSha256, summary.providerCostUsd(), summary.numTurns()));
    }
}
