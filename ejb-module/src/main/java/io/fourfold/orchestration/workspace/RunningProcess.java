package io.fourfold.orchestration.workspace;

import io.fourfold.orchestration.workspace.Sandbox.LineSink;
import io.fourfold.orchestration.workspace.Sandbox.Running;
import io.fourfold.orchestration.workspace.Sandbox.Stream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A process of {@link ProcessSandbox}: it has ended when its whole family has and all its output was handed on. */
final class RunningProcess implements Running {

    private static final int STOP_SECONDS = 2;

    private final CompletableFuture<Integer> exit;
    private final ProcessFamily family;
    private final boolean wrapped;
    private final Thread out;
    private final Thread err;
    private final CompletableFuture<Void> cleared;
    private volatile RuntimeException refused;

    /**
     * @param exit    its code, once its leader has ended
     * @param wrapped whether a wrapper of ours runs between the leader and the program
     */
    RunningProcess(
            CompletableFuture<Integer> exit, ProcessFamily family, boolean wrapped, Supervised files, LineSink sink) {
        this.exit = exit;
        this.family = family;
        this.wrapped = wrapped;
        // What it leaves running in the background would go on writing, and meet the next program of the place.
        this.cleared = exit.thenRun(family::kill);
        this.out = reader(new OutputTail(files.out(), new Lines(Stream.OUT, sink), cleared));
        this.err = reader(new OutputTail(files.err(), new Lines(Stream.ERR, sink), cleared));
    }

    private Thread reader(OutputTail tail) {
        return Thread.ofPlatform().daemon().name("output of " + family.leader()).start(() -> read(tail));
    }

    private void read(OutputTail tail) {
        try {
            tail.run();
        } catch (RuntimeException broken) {
            refused = broken;
            kill();
        }
    }

    /** Whether it and all it left behind are gone. */
    boolean ended() {
        return cleared.isDone();
    }

    @Override
    public int await() throws InterruptedException {
        int code;
        try {
            code = exit.get();
        } catch (ExecutionException broken) {
            throw new SandboxFailure("The end of the process could not be seen", broken.getCause());
        }
        cleared.join();
        out.join();
        err.join();
        if (refused != null) {
            throw new SandboxFailure("The output of the process could not be taken", refused);
        }
        return code;
    }

    @Override
    public boolean isOver() {
        return exit.isDone();
    }

    @Override
    public void stop() {
        if (isOver()) {
            return;
        }
        family.askToEnd(wrapped);
        try {
            exit.get(STOP_SECONDS, TimeUnit.SECONDS);
            return;
        } catch (TimeoutException | ExecutionException stubborn) {
            family.kill();
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            family.kill();
        }
    }

    void kill() {
        (ended() ? new ProcessFamily(ProcessFamily.NO_LEADER, family.mark()) : family).kill();
    }

    @Override
    public void freeze() {
        if (!exit.isDone()) {
            family.freeze();
        }
    }

    @Override
    public void thaw() {
        if (!exit.isDone()) {
            family.thaw();
        }
    }
}
