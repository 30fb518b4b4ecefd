package io.fourfold.view;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.jpa.TestJpa;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("machine")
class ViewsPagesTest {

    private static final int ROWS = 1_337;
    private static final int SIZE = 100;

    @Test
    void allPagesTogetherAreTheWholeListInItsOrder() throws SQLException {
        try (TestJpa jpa = TestJpa.fresh()) {
            List<String> expected = new ArrayList<>();
            List<Object[]> rows = new ArrayList<>();
            RowTable<ExecutionRow> table = RowTable.of(ExecutionRow.class);
            for (int i = 0; i < ROWS; i++) {
                ExecutionRow row = new ExecutionRow();
                row.id = "exec-%04d".formatted(i);
                row.workflowId = "w";
                row.workflowName = "w";
                row.status = i % 1_000 == 999 ? "failed" : "completed";
                // Several of one moment, so that the id decides.
                row.queuedAt = Instant.EPOCH.plusSeconds(ROWS - i / 3);
                row.startedBy = "did:fourfold:user:alice";
                rows.add(table.values(row));
                if (row.status.equals("completed")) {
                    expected.add(row.id);
                }
            }
            try (Connection connection = jpa.source().getConnection()) {
                table.upsert(connection, rows);
            }
            Views views = new Views(jpa.units());
            List<String> seen = new ArrayList<>();
            for (int number = 1; number <= ROWS / SIZE + 2; number++) {
                Page<ExecutionRow> page = views.page(
                        ExecutionRow.class,
                        Views.where().is("status", List.of("completed", "running")),
                        "r.queuedAt desc, r.id",
                        number,
                        SIZE);
                assertThat(page.total()).isEqualTo(expected.size());
                page.items().forEach(row -> seen.add(row.id));
            }
            assertThat(seen).isEqualTo(expected);
        }
    }
}
