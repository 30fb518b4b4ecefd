package io.fourfold.orchestration.execution;

import io.fourfold.orchestration.workspace.Sandbox;
import java.util.List;

/** A git command of ours under way; it can be ended with all it has started, and is never held. */
record GitRun(Process process) implements Sandbox.Running {

    @Override
    public int await() throws InterruptedException {
        return process.waitFor();
    }

    @Override
    public boolean isOver() {
        return !process.isAlive();
    }

    @Override
    public void stop() {
        List<ProcessHandle> descendants = process.descendants().toList();
        process.destroyForcibly();
        descendants.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void freeze() {}

    @Override
    public void thaw() {}
}
