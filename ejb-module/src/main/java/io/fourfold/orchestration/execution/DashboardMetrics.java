package io.fourfold.orchestration.execution;

import io.fourfold.kit.Projection;
import io.fourfold.kit.ThreadFold;
import io.fourfold.log.Entry;
import io.fourfold.view.DashboardRow;
import java.util.Set;

/** {@code dashboard_metrics}: executions by the day they were queued on and by workflow. */
public final class DashboardMetrics implements Projection<DashboardRow> {

    private final ThreadFold<Life> lives;

    public DashboardMetrics(ThreadFold<Life> lives) {
        this.lives = lives;
    }

    @Override
    public String name() {
        return "dashboard_metrics";
    }

    @Override
    public Class<DashboardRow> rowType() {
        return DashboardRow.class;
    }

    @Override
    public Set<String> keys(Entry entry) {
        if (!ExecutionEvent.CODEC.isOne(entry)) {
            return Set.of();
        }
        Life life = lives.step(entry).after();
        return life.exists() ? Set.of(life.day() + "/" + life.workflowId()) : Set.of();
    }

    @Override
    public DashboardRow fold(String key, DashboardRow current, Entry entry) {
        DashboardRow row = current == null ? new DashboardRow() : current;
        ThreadFold.Step<Life> step = lives.step(entry);
        row.id = key;
        row.workflowId = step.after().workflowId();
        return Tally.count(row, step, entry);
    }
}
