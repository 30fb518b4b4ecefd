package io.fourfold.projection;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.expression.Expressions;
import io.fourfold.kit.Entries;
import io.fourfold.kit.EntriesLog;
import io.fourfold.kit.Projection;
import jakarta.persistence.Entity;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ReadModelsTest {

    private static final List<Projection<?>> ALL = ReadModels.over(new EntriesLog(new Entries()), new Expressions());

    /** As the specification lists them. */
    private static final List<String> SPECIFIED = List.of(
            "workflow_list",
            "workflow_detail",
            "execution_list",
            "execution_detail",
            "session_list",
            "artifact_list",
            "trigger_list",
            "trigger_history",
            "phase_metrics",
            "dashboard_metrics",
            "repo_correlation",
            "repo_health",
            "organization_tree",
            "workspace_list",
            "thread_state",
            "task_list",
            "trust_evidence",
            "pattern_index",
            "dispatch_queue",
            "unrouted_queue");

    /** What happened to dispatches, and the queue of executions, stand beside the queues; packages beside workflows. */
    private static final List<String> BESIDE = List.of("dispatch_list", "execution_queue", "package_list");

    @Test
    void theRegisteredListIsTheSpecifiedOne() {
        List<String> names = ALL.stream().<String>map(Projection::name).toList();
        assertThat(names.subList(0, SPECIFIED.size())).isEqualTo(SPECIFIED);
        assertThat(names.subList(SPECIFIED.size(), names.size())).isEqualTo(BESIDE);
    }

    @Test
    void eachHasATypedTableAndOnlyTheQueuesShareOne() {
        assertThat(ALL).allSatisfy(p -> assertThat(p.rowType()).hasAnnotation(Entity.class));
        assertThat(ALL.stream()
                        .map(p -> p.rowType().getAnnotation(Table.class).name())
                        .distinct())
                .hasSize(ALL.size() - 1);
        assertThat(ALL.stream()
                        .filter(p ->
                                p.rowType().getAnnotation(Table.class).name().equals("work_queue"))
                        .<String>map(Projection::name))
                .containsExactlyInAnyOrderElementsOf(Set.of("dispatch_queue", "execution_queue"));
    }
}
