package io.fourfold.container;

import io.fourfold.dispatch.DispatchQueue;
import io.fourfold.orchestration.execution.ExecutionQueue;
import io.fourfold.queue.Standings;
import io.fourfold.queue.WorkQueue;
import javax.sql.DataSource;

/**
 * The queues of this node.
 *
 * @param waiting the executions that wait
 */
record Queues(WorkQueue executions, WorkQueue dispatches, Standings waiting) {

    static Queues of(DataSource source, String node) {
        return new Queues(
                new WorkQueue(source, ExecutionQueue.QUEUE, node),
                new WorkQueue(source, DispatchQueue.QUEUE, node),
                new Standings(source, ExecutionQueue.QUEUE));
    }
}
