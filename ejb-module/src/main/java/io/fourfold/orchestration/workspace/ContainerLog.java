package io.fourfold.orchestration.workspace;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.async.ResultCallback;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Frame;
import com.github.dockerjava.api.model.StreamType;
import io.fourfold.orchestration.workspace.Sandbox.LineSink;
import io.fourfold.orchestration.workspace.Sandbox.Stream;

/** The log of a container as lines. Read again, it goes on after the last byte that it handed on. */
final class ContainerLog {

    /** One stream of the log: how much of it was taken, and how much of it has come by in this reading. */
    private static final class Side {
        private final Lines lines;
        private long taken;
        private long passed;

        Side(Lines lines) {
            this.lines = lines;
        }

        void accept(byte[] bytes) {
            int known = (int) Math.min(bytes.length, Math.max(0, taken - passed));
            passed += bytes.length;
            taken = Math.max(taken, passed);
            lines.accept(bytes, known, bytes.length - known);
        }
    }

    private final DockerClient docker;
    private final String container;
    private final Side out;
    private final Side err;

    ContainerLog(DockerClient docker, String container, LineSink sink) {
        this.docker = docker;
        this.container = container;
        this.out = new Side(new Lines(Stream.OUT, sink));
        this.err = new Side(new Lines(Stream.ERR, sink));
    }

    /** Reads what is there; following, until the container has ended or the engine breaks off. */
    void read(boolean following) throws InterruptedException {
        out.passed = 0;
        err.passed = 0;
        try {
            docker.logContainerCmd(container)
                    .withStdOut(true)
                    .withStdErr(true)
                    .withFollowStream(following)
                    .exec(new ResultCallback.Adapter<Frame>() {
                        @Override
                        public void onNext(Frame frame) {
                            (frame.getStreamType() == StreamType.STDERR ? err : out).accept(frame.getPayload());
                        }
                    })
                    .awaitCompletion();
        } catch (NotFoundException | ConflictException removed) {
            return;
        }
    }

    void end() {
        out.lines.end();
        err.lines.end();
    }
}
