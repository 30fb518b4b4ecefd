package io.fourfold.container;

import io.fourfold.kit.Commands;
import io.fourfold.log.Did;
import io.fourfold.log.Log;
import io.fourfold.orchestration.execution.Execution;
import io.fourfold.orchestration.execution.Replacing;
import io.fourfold.orchestration.execution.Runner;
import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.orchestration.workspace.Workspace;
import java.util.logging.Level;
import java.util.logging.Logger;

/** What a server left behind that went down: workspaces that nobody will come back to, replacements half done. */
record Leftovers(Sandbox sandbox, Log log, Commands commands, Queues queues, Runner runner) {

    private static final Logger LOG = Logger.getLogger(Leftovers.class.getName());

    /** Takes away and finishes, whichever server left it. What cannot be done is left for the next time. */
    void sweep(Did actor) {
        try {
            new Replacing(commands).finish(queues.waiting().lanes(), actor);
        } catch (RuntimeException broken) {
            LOG.log(Level.WARNING, "Replacements are not finished", broken);
        }
        try {
            sandbox.sweep(workspaceId -> isLive(workspaceId) || !isBuried(workspaceId));
        } catch (RuntimeException broken) {
            LOG.log(Level.WARNING, "Workspaces are not swept", broken);
        }
    }

    /** Whether its end is on record, if it ever was; else it waits for another sweep. */
    private boolean isBuried(String workspaceId) {
        try {
            String execution = Workspace.executionOf(log, workspaceId).orElse(null);
            if (execution != null) {
                runner.bury(execution, workspaceId);
            }
            return true;
        } catch (RuntimeException broken) {
            LOG.log(Level.WARNING, "Workspace " + workspaceId + " is not swept", broken);
            return false;
        } catch (InterruptedException goingDown) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Whether an agent may be at work there, or somebody busy with what it left. */
    private boolean isLive(String workspaceId) {
        return Workspace.executionOf(log, workspaceId)
                .filter(id -> commands.state(Execution.AGGREGATE, Execution.threadOf(id))
                                .mayUse(workspaceId)
                        || queues.executions().isLeased(id))
                .isPresent();
    }
}
