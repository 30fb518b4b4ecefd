package io.fourfold.repository;

import io.fourfold.kit.Projection;
import io.fourfold.kit.ThreadFold;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.orchestration.execution.ExecutionEvent;
import io.fourfold.orchestration.execution.Life;
import io.fourfold.orchestration.execution.Tally;
import io.fourfold.view.RepoHealthRow;
import java.util.Set;
import java.util.stream.Collectors;

/** {@code repo_health}: the executions on each repository, by the day they were queued on. */
public final class RepoHealth implements Projection<RepoHealthRow> {

    private static final int DAY_CHARS = "2026-01-31".length();

    private final ThreadFold<Life> lives;
    private final ThreadFold<Set<String>> repositories;

    public RepoHealth(Log log, ThreadFold<Life> lives) {
        this.lives = lives;
        Mentions mentions = new Mentions(log);
        this.repositories = new ThreadFold<>(log, Set.of(), (known, entry) -> after(mentions, known, entry));
    }

    private static Set<String> after(Mentions mentions, Set<String> known, Entry entry) {
        return ExecutionEvent.CODEC.read(entry).orElse(null) instanceof ExecutionEvent.Queued queued
                ? Set.copyOf(mentions.of(queued).keySet())
                : known;
    }

    @Override
    public String name() {
        return "repo_health";
    }

    @Override
    public Class<RepoHealthRow> rowType() {
        return RepoHealthRow.class;
    }

    @Override
    public Set<String> keys(Entry entry) {
        if (!ExecutionEvent.CODEC.isOne(entry)) {
            return Set.of();
        }
        Life life = lives.step(entry).after();
        Set<String> touched = repositories.step(entry).after();
        return life.exists()
                ? touched.stream().map(name -> life.day() + "/" + name).collect(Collectors.toSet())
                : Set.of();
    }

    @Override
    public RepoHealthRow fold(String key, RepoHealthRow current, Entry entry) {
        RepoHealthRow row = current == null ? new RepoHealthRow() : current;
        row.id = key;
        row.repository = key.substring(DAY_CHARS + 1);
        return Tally.count(row, lives.step(entry), entry);
    }
}
