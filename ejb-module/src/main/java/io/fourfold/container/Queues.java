package io.fourfold.container;

import io.fourfold.dispatch.DispatchQueue;
import io.fourfold.orchestration.execution.ExecutionQueue;
import io.fourfold.queue.WorkQueue;
import javax.sql.DataSource;

/** The queues of this node. */
record Queues(WorkQueue executions, WorkQueue dispatches) {

    static Queues of(DataSource source, String node) {
        return new Queues(
                new WorkQueue(source, ExecutionQueue.QUEUE, node), new WorkQueue(source, DispatchQueue.QUEUE, node));
    }
}
