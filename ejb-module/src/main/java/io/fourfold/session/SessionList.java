package io.fourfold.session;

import io.fourfold.kit.Projection;
import io.fourfold.kit.Wire;
import io.fourfold.log.Entry;
import io.fourfold.view.SessionRow;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** {@code session_list}: each session with what it used. */
public final class SessionList implements Projection<SessionRow> {

    @Override
    public String name() {
        return "session_list";
    }

    @Override
    public Class<SessionRow> rowType() {
        return SessionRow.class;
    }

    @Override
    public Set<String> keys(Entry entry) {
        return Session.Event.CODEC.read(entry).map(e -> Set.of(e.sessionId())).orElse(Set.of());
    }

    @Override
    public SessionRow fold(String key, SessionRow current, Entry entry) {
        if (current != null && entry.version() <= current.version) {
            return current;
        }
        SessionRow row = current == null ? new SessionRow() : current;
        row.id = key;
        row.version = entry.version();
        switch (Session.Event.CODEC.read(entry).orElseThrow()) {
            case Session.Event.Started e -> started(row, e);
            case Session.Event.Completed e -> completed(row, e);
        }
        return row;
    }

    private static void started(SessionRow row, Session.Event.Started e) {
        Session.Subject subject = e.subject();
        row.executionId = subject.executionId();
        row.workflowId = subject.workflowId();
        row.workflowName = subject.workflowName();
        row.phaseId = subject.phaseId();
        row.phaseName = subject.phaseName();
        row.provider = subject.provider();
        row.model = subject.model();
        row.repos = subject.repos();
        row.status = "running";
        row.startedAt = e.at();
    }

    private static void completed(SessionRow row, Session.Event.Completed e) {
        AgentResult result = e.result();
        row.status = result.success() ? "completed" : "failed";
        row.completedAt = e.at();
        row.model = result.model() == null ? row.model : result.model();
        row.inputTokens = result.usage().input();
        row.outputTokens = result.usage().output();
        row.cacheCreationTokens = result.usage().cacheCreation();
        row.cacheReadTokens = result.usage().cacheRead();
        row.costUsd = result.costUsd() == null ? row.costUsd : result.costUsd();
        row.providerCostUsd = e.providerCostUsd();
        row.unpriced = result.unpriced();
        row.turns = e.turns();
        row.toolCalls = result.toolCalls();
        row.durationMs = result.durationMs();
        row.errorMessage = result.success() ? null : result.message();
        row.conversationSha256 = e.conversationSha256();
        Map<String, String> costs = new TreeMap<>();
        result.costByModel().forEach((model, cost) -> costs.put(model, Wire.money(cost)));
        row.costByModel = costs;
    }
}
