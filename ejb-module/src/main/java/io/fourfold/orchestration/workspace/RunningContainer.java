package io.fourfold.orchestration.workspace;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse.ContainerState;
import com.github.dockerjava.api.exception.DockerException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.exception.NotModifiedException;
import io.fourfold.orchestration.workspace.Sandbox.Limits;
import io.fourfold.orchestration.workspace.Sandbox.LineSink;
import io.fourfold.orchestration.workspace.Sandbox.Running;
import io.fourfold.orchestration.workspace.Sandbox.Stream;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;

/** The process of a container. A sink that blocks is waited for: meanwhile the engine keeps the lines. */
final class RunningContainer implements Running {

    private static final int STOP_SECONDS = 2;
    private static final int KILLED = 137;

    private final DockerClient docker;
    private final String id;
    private final Limits limits;
    private final CompletableFuture<Integer> end = new CompletableFuture<>();

    RunningContainer(DockerClient docker, String id, Limits limits, LineSink sink) {
        this.docker = docker;
        this.id = id;
        this.limits = limits;
        Thread.ofVirtual().name("output of " + id).start(() -> follow(sink));
    }

    /** Reads the log until the container has ended; where the engine breaks off, from where it broke off. */
    private void follow(LineSink sink) {
        try {
            ContainerLog log = new ContainerLog(docker, id, sink);
            Optional<ContainerState> state;
            do {
                log.read(true);
                state = state();
            } while (state.map(RunningContainer::runs).orElse(false));
            // An engine stops following when the container ends, though its last words may not be in the log yet.
            log.read(false);
            log.end();
            state.filter(last -> Boolean.TRUE.equals(last.getOOMKilled()))
                    .ifPresent(killed -> sink.line(
                            Stream.ERR, "Killed: it used more than its " + limits.memoryBytes() + " bytes of memory"));
            end.complete(state.map(ContainerState::getExitCodeLong)
                    .map(Math::toIntExact)
                    .orElse(KILLED));
        } catch (RuntimeException | InterruptedException broken) {
            end.completeExceptionally(broken);
            stop();
        }
    }

    @Override
    public int await() throws InterruptedException {
        try {
            return end.get();
        } catch (ExecutionException broken) {
            throw new SandboxFailure("Lost sight of container " + id, broken.getCause());
        }
    }

    @Override
    public boolean isOver() {
        return end.isDone() || !state().map(RunningContainer::runs).orElse(false);
    }

    @Override
    public void stop() {
        try {
            thaw();
            docker.stopContainerCmd(id).withTimeout(STOP_SECONDS).exec();
        } catch (NotFoundException | NotModifiedException ended) {
            return;
        } catch (SandboxFailure known) {
            throw known;
        } catch (RuntimeException unreachable) {
            throw new SandboxFailure("Container " + id + " cannot be stopped", unreachable);
        }
    }

    @Override
    public void freeze() {
        hold(true);
    }

    @Override
    public void thaw() {
        hold(false);
    }

    /** A container that has ended meanwhile, or is as wanted already, is left as it is. */
    private void hold(boolean wanted) {
        try {
            if (wanted) {
                docker.pauseContainerCmd(id).exec();
            } else if (state().map(ContainerState::getPaused).orElse(false)) {
                docker.unpauseContainerCmd(id).exec();
            }
        } catch (DockerException broken) {
            Optional<ContainerState> state = state();
            boolean asWanted =
                    state.map(now -> !runs(now) || now.getPaused() == wanted).orElse(true);
            if (!asWanted) {
                throw new SandboxFailure("Container " + id + " cannot be held or let go", broken);
            }
        }
    }

    private static boolean runs(ContainerState state) {
        return Boolean.TRUE.equals(state.getRunning());
    }

    private Optional<ContainerState> state() {
        try {
            return Optional.of(docker.inspectContainerCmd(id).exec().getState());
        } catch (NotFoundException removed) {
            return Optional.empty();
        }
    }
}
