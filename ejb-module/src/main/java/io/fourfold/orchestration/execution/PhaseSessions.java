package io.fourfold.orchestration.execution;

import io.fourfold.kit.Opened;
import io.fourfold.orchestration.agent.Summary;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workflow.Repositories.Repo;
import io.fourfold.session.AgentResult;
import io.fourfold.session.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
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

    /** What was read of them may be out of date. */
    void forget() {
        open.clear();
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

    /** Keeps what was said; a store that is full keeps no session open. */
    Closing close(String sessionId, AgentResult result, Journal journal, Summary summary, Notices notices) {
        String conversation = null;
        try (InputStream in = journal.conversation()) {
            conversation = house.content().put(in).sha256();
        } catch (IOException | UncheckedIOException full) {
            notices.leftOut("The conversation stays in the journal of session " + sessionId + ": " + full.getMessage());
        }
        Session.Command complete = new Session.Command.Complete(
                sessionId, result, conversation, summary.providerCostUsd(), summary.numTurns());
        return new Closing(house, of(sessionId).step(complete), conversation == null ? null : journal);
    }
}
