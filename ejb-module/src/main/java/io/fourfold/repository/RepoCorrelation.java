package io.fourfold.repository;

import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.orchestration.execution.ExecutionEvent;
import io.fourfold.view.RepoCorrelationRow;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code repo_correlation}: which executions have to do with which repositories. */
public final class RepoCorrelation implements Projection<RepoCorrelationRow> {

    private final Mentions mentions;

    /** @param log where the records are that led to executions */
    public RepoCorrelation(Log log) {
        this.mentions = new Mentions(log);
    }

    @Override
    public String name() {
        return "repo_correlation";
    }

    @Override
    public Class<RepoCorrelationRow> rowType() {
        return RepoCorrelationRow.class;
    }

    @Override
    public Set<String> keys(Entry entry) {
        return queued(entry)
                .map(e -> mentions.of(e).keySet().stream()
                        .map(repository -> e.executionId() + "/" + repository)
                        .collect(Collectors.toSet()))
                .orElse(Set.of());
    }

    private static Optional<ExecutionEvent.Queued> queued(Entry entry) {
        return ExecutionEvent.CODEC
                .read(entry)
                .filter(ExecutionEvent.Queued.class::isInstance)
                .map(ExecutionEvent.Queued.class::cast);
    }

    @Override
    public RepoCorrelationRow fold(String key, RepoCorrelationRow current, Entry entry) {
        ExecutionEvent.Queued e = queued(entry).orElseThrow();
        Map<String, String> sources = mentions.of(e);
        RepoCorrelationRow row = new RepoCorrelationRow();
        row.id = key;
        row.repository = key.substring(e.executionId().length() + 1);
        row.executionId = e.executionId();
        row.workflowId = e.plan().workflowId();
        row.workflowName = e.plan().workflowName();
        row.source = sources.get(row.repository);
        row.at = e.at();
        row.position = entry.position();
        return row;
    }
}
