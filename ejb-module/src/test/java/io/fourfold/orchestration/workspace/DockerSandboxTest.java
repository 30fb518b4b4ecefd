package io.fourfold.orchestration.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.command.InspectContainerResponse;
import com.github.dockerjava.api.exception.ConflictException;
import com.github.dockerjava.api.exception.InternalServerErrorException;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.api.model.Container;
import io.fourfold.orchestration.workspace.Sandbox.Place;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("machine")
class DockerSandboxTest extends SandboxContract {

    private final String instance = "node 1@/data/" + UUID.randomUUID();
    private final DockerClient docker = TestDocker.withShellImage();

    @Override
    Sandbox over(Path folder) {
        return of(instance, folder);
    }

    private Sandbox of(String server, Path folder) {
        return new DockerSandbox(docker, folder, new DockerSettings(TestDocker.SHELL_IMAGE, server, "bridge", null));
    }

    @Override
    int alive(Place place) {
        return pids(place).size();
    }

    @Override
    long cpuUsed(Place place) {
        return pids(place).stream().mapToLong(SandboxContract::cpuTicks).sum();
    }

    @Override
    boolean sealsTheNetwork() {
        return true;
    }

    private List<Container> containers(Place place) {
        return docker.listContainersCmd()
                .withLabelFilter(Map.of(DockerSandbox.WORKSPACE, place.id()))
                .exec();
    }

    private List<Long> pids(Place place) {
        return containers(place).stream().flatMap(this::pids).toList();
    }

    private Stream<Long> pids(Container container) {
        try {
            String[][] rows = docker.topContainerCmd(container.getId()).exec().getProcesses();
            return rows == null ? Stream.of() : Arrays.stream(rows).map(columns -> Long.valueOf(columns[1]));
        } catch (ConflictException | NotFoundException endedMeanwhile) {
            return Stream.of();
        } catch (InternalServerErrorException lost) {
            // The engine loses its line to a container that is just ending; to one that runs it must not.
            if (isRunning(container)) {
                throw lost;
            }
            return Stream.of();
        }
    }

    private boolean isRunning(Container container) {
        try {
            return Boolean.TRUE.equals(docker.inspectContainerCmd(container.getId())
                    .exec()
                    .getState()
                    .getRunning());
        } catch (NotFoundException gone) {
            return false;
        }
    }

    @Test
    void theContainerCanDoNextToNothing() throws Exception {
        assertThat(run("id -u; grep -E 'CapEff|CapBnd|NoNewPrivs|Seccomp:' /proc/self/status | tr -s '\\t ' ' ';"
                        + " for d in / /bin /etc /workspace /tmp /home/agent; do touch $d/x 2>/dev/null && echo $d; done;"
                        + " cp /bin/busybox /tmp/no; /tmp/no true 2>/dev/null || echo noexec"))
                .isZero();
        assertThat(lines.out())
                .containsExactly(
                        "1000",
                        "CapEff: 0000000000000000",
                        "CapBnd: 0000000000000000",
                        "NoNewPrivs: 1",
                        "Seccomp: 2",
                        "/workspace",
                        "/tmp",
                        "/home/agent",
                        "noexec");
    }

    @Test
    void itsLimitsAreTheEngines() {
        Place place = place("a");
        start(place, "echo ready; sleep 1000");
        lines.awaitLine("ready");
        InspectContainerResponse container =
                docker.inspectContainerCmd(containers(place).getFirst().getId()).exec();
        assertThat(container.getHostConfig().getMemory()).isEqualTo(SMALL.memoryBytes());
        assertThat(container.getHostConfig().getMemorySwap()).isEqualTo(SMALL.memoryBytes());
        assertThat(container.getHostConfig().getPidsLimit()).isEqualTo(SMALL.pids());
        assertThat(container.getHostConfig().getNanoCPUs()).isEqualTo(1_000_000_000);
        assertThat(container.getConfig().getLabels()).containsEntry(DockerSandbox.INSTANCE, instance);
    }

    @Test
    void tooManyProcessesAreRefused() throws Exception {
        run("i=0; while [ $i -lt 100 ]; do i=$((i+1)); sleep 5 & done; echo all");
        assertThat(lines.err()).anyMatch(line -> line.contains("can't fork"));
    }

    @Test
    void tooMuchMemoryEndsItAndIsTold() throws Exception {
        assertThat(run("exec tail -c 400000000 /dev/zero")).isEqualTo(137);
        assertThat(lines.err()).anyMatch(line -> line.startsWith("Killed: it used more than its 134217728 bytes"));
    }

    @Test
    void anEngineThatDoesNotAnswerIsAFailureOfTheSandbox() {
        DockerSettings settings = new DockerSettings(TestDocker.SHELL_IMAGE, instance, "bridge", null);
        Sandbox lost =
                new DockerSandbox(Docker.client("unix://" + root.resolve("no.sock")), root.resolve("lost"), settings);
        Place place = lost.create("ws-lost", SMALL);
        assertThatThrownBy(() -> lost.start(place, shell("true"), lines)).isInstanceOf(SandboxFailure.class);
        assertThatThrownBy(() -> lost.destroy(place)).isInstanceOf(SandboxFailure.class);
    }

    @Test
    void anImageThatIsNotThereIsNamed() {
        Sandbox without = new DockerSandbox(
                docker, root.resolve("places"), new DockerSettings("fourfold-test/none:1", instance, "bridge", null));
        Place place = without.create("ws-none", SMALL);
        assertThatThrownBy(() -> without.start(place, shell("true"), lines))
                .isInstanceOf(SandboxFailure.class)
                .hasMessageContaining("fourfold-test/none:1");
    }

    @Test
    void anotherServersPlacesAreNotSwept() {
        Place place = place("a");
        start(place, "echo ready; sleep 1000");
        lines.awaitLine("ready");
        assertThat(of("other", root.resolve("elsewhere")).sweep(any -> false)).isEmpty();
        assertThat(alive(place)).isPositive();
    }

    @Test
    void theEngineCanRemoveAContainerBehindOurBack() throws Exception {
        Place place = place("a");
        Sandbox.Running running = start(place, "echo ready; sleep 1000");
        lines.awaitLine("ready");
        docker.removeContainerCmd(containers(place).getFirst().getId())
                .withForce(true)
                .exec();
        assertThat(running.await()).isNotZero();
        running.stop();
        running.freeze();
        running.thaw();
        sandbox.destroy(place);
    }
}
