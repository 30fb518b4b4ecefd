package io.fourfold.repository;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.Entries;
import io.fourfold.kit.EntriesLog;
import io.fourfold.kit.Folded;
import io.fourfold.log.Act;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import io.fourfold.orchestration.execution.Execution;
import io.fourfold.orchestration.execution.ExecutionEvent;
import io.fourfold.orchestration.execution.ExecutionPlan;
import io.fourfold.orchestration.execution.Life;
import io.fourfold.orchestration.execution.Samples;
import io.fourfold.orchestration.workflow.Repositories.Repo;
import io.fourfold.session.Reason;
import io.fourfold.view.RepoCorrelationRow;
import io.fourfold.view.RepoHealthRow;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RepositoryViewsTest {

    private static final String HELLO = "https://github.com/octo/hello.git";

    private final Entries entries = new Entries();
    private final EntriesLog log = new EntriesLog(entries);

    private void happened(ExecutionEvent event) {
        entries.event(ExecutionEvent.CODEC, Execution.threadOf(event.executionId()), event);
    }

    private void queued(String id, Map<String, String> inputs, String cause, String... urls) {
        List<Repo> repos = new ArrayList<>();
        for (String url : urls) {
            repos.add(new Repo(url, null, "repos/x"));
        }
        ExecutionPlan plan = new ExecutionPlan(
                "w", "W", 1, null, inputs, repos, Samples.phases(), Map.of(), null, cause, Samples.ticket());
        happened(new ExecutionEvent.Queued(id, plan, Samples.AT));
    }

    private Map<String, RepoCorrelationRow> correlation() {
        return Folded.of(new RepoCorrelation(log), entries.all());
    }

    private Map<String, RepoHealthRow> health() {
        return Folded.of(new RepoHealth(log, Life.lives(log)), entries.all());
    }

    @Test
    void aRepositoryIsFoundWhereverItIsNamed() {
        Json webhook = Json.parse("{\"repository\":{\"full_name\":\"octo/hooked\"}}");
        String cause =
                entries.add(new ThreadId("th_hook"), Act.KNOW, webhook).id().hex();
        Map<String, String> inputs = Map.of(
                "target_repo", "octo/asked",
                "folder", "src/main",
                "upstream", "https://github.com/octo/upstream");
        queued("exec-1", inputs, cause, HELLO);
        assertThat(correlation().values().stream().map(row -> row.repository + " by " + row.source))
                .containsExactlyInAnyOrder(
                        "octo/hooked by trigger",
                        "octo/hello by workflow",
                        "octo/asked by input",
                        "octo/upstream by input");
        assertThat(correlation().get("exec-1/octo/hello").workflowName).isEqualTo("W");
    }

    @Test
    void whatIsNamedTwiceIsToldOnceByTheFirst() {
        String cause = entries.add(new ThreadId("th_hook"), Act.KNOW, Json.parse("{\"repository\":\"octo/hello\"}"))
                .id()
                .hex();
        queued("exec-1", Map.of("repo", "octo/hello"), cause, HELLO);
        assertThat(correlation()).hasSize(1);
        assertThat(correlation().get("exec-1/octo/hello").source).isEqualTo("trigger");
    }

    @Test
    void anExecutionCountsForEachOfItsRepositoriesOnTheDayItWasQueued() {
        queued("exec-1", Map.of("repo", "octo/other"), null, HELLO);
        happened(new ExecutionEvent.Started("exec-1", "n", Samples.AT));
        happened(new ExecutionEvent.AgentFinished("exec-1", "one", Samples.result(true, "0.5"), Samples.AT));
        happened(new ExecutionEvent.Completed("exec-1", Samples.AT.plus(Duration.ofDays(2))));
        queued("exec-2", Map.of(), null, HELLO);
        assertThat(health()).containsOnlyKeys("2026-03-01/octo/hello", "2026-03-01/octo/other");
        RepoHealthRow hello = health().get("2026-03-01/octo/hello");
        assertThat(hello.executions).isEqualTo(2);
        assertThat(hello.completed).isEqualTo(1);
        assertThat(hello.notStarted).isEqualTo(1);
        assertThat(hello.running).isZero();
        assertThat(hello.costUsd).isEqualByComparingTo("0.5");
        assertThat(hello.totalTokens()).isEqualTo(127);
    }

    @Test
    void whatFailedAndWasTriedAgainCountsWhereItStandsLast() {
        queued("exec-1", Map.of(), null, HELLO);
        happened(new ExecutionEvent.Started("exec-1", "n", Samples.AT));
        happened(new ExecutionEvent.Failed("exec-1", null, Reason.TASK, 1, "no", List.of(), Samples.AT));
        assertThat(health().get("2026-03-01/octo/hello").failed).isEqualTo(1);
        happened(new ExecutionEvent.Retried("exec-1", List.of(), Samples.ticket(), Samples.AT));
        happened(new ExecutionEvent.Completed("exec-1", Samples.AT));
        RepoHealthRow row = health().get("2026-03-01/octo/hello");
        assertThat(List.of(row.executions, row.failed, row.running, row.completed))
                .containsExactly(1L, 0L, 0L, 1L);
    }
}
