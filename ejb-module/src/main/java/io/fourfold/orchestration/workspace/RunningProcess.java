package io.fourfold.orchestration.workspace;

import io.fourfold.orchestration.workspace.Sandbox.LineSink;
import io.fourfold.orchestration.workspace.Sandbox.Running;
import io.fourfold.orchestration.workspace.Sandbox.Stream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** A process of {@link ProcessSandbox}: it has ended when its whole family has and all its output was handed on. */
final class RunningProcess implements Running {

    private static final int STOP_SECONDS = 2;
    private static final int READ_BYTES = 64 << 10;

    private final Process process;
    private final ProcessFamily family;
    private final boolean wrapped;
    private final Thread out;
    private final Thread err;
    private final CompletableFuture<Void> cleared;
    private volatile RuntimeException refused;

    RunningProcess(Process process, String mark, boolean wrapped, LineSink sink) {
        this.process = process;
        this.family = new ProcessFamily(process.pid(), mark);
        this.wrapped = wrapped;
        // What it leaves running in the background would keep its output open, and meet the next program of the place.
        this.cleared = process.onExit().thenRun(family::kill);
        this.out = reader(process.getInputStream(), new Lines(Stream.OUT, sink));
        this.err = reader(process.getErrorStream(), new Lines(Stream.ERR, sink));
    }

    private Thread reader(InputStream from, Lines lines) {
        return Thread.ofPlatform().daemon().name("output of " + process.pid()).start(() -> read(from, lines));
    }

    private void read(InputStream from, Lines lines) {
        byte[] buffer = new byte[READ_BYTES];
        try (from) {
            for (int count = from.read(buffer); count >= 0; count = from.read(buffer)) {
                lines.accept(buffer, 0, count);
            }
        } catch (IOException closed) {
            // The process is gone and its pipe with it: what was read is all there is.
        } catch (RuntimeException broken) {
            refused = broken;
            kill();
            return;
        }
        lines.end();
    }

    /** Whether it and all it left behind are gone. */
    boolean ended() {
        return cleared.isDone();
    }

    @Override
    public int await() throws InterruptedException {
        int code = process.waitFor();
        cleared.join();
        out.join();
        err.join();
        if (refused != null) {
            throw new SandboxFailure("The output of the process could not be taken", refused);
        }
        return code;
    }

    @Override
    public void stop() {
        if (!process.isAlive()) {
            return;
        }
        family.askToEnd(wrapped);
        try {
            if (process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
                return;
            }
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
        family.kill();
    }

    void kill() {
        (ended() ? new ProcessFamily(ProcessFamily.NO_LEADER, family.mark()) : family).kill();
    }

    @Override
    public void freeze() {
        if (process.isAlive()) {
            family.freeze();
        }
    }

    @Override
    public void thaw() {
        if (process.isAlive()) {
            family.thaw();
        }
    }
}
