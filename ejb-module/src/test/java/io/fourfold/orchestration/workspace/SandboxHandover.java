package io.fourfold.orchestration.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.orchestration.workspace.Sandbox.Limits;
import io.fourfold.orchestration.workspace.Sandbox.Place;
import io.fourfold.orchestration.workspace.Sandbox.Program;
import io.fourfold.orchestration.workspace.Sandbox.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What every backend promises to a server that goes on with what another one started. */
@Timeout(120)
abstract class SandboxHandover {

    static final Limits SMALL = new Limits(128L << 20, 1, 64, false);
    static final int MOMENT_MILLIS = 400;

    @TempDir
    Path root;

    @TempDir
    Path outside;

    final Collected lines = new Collected();
    Sandbox sandbox;
    private String prefix;

    /** A backend over the folder; called again, a second server on the same folder. */
    abstract Sandbox over(Path folder);

    /** How many processes of the place there are. */
    abstract int alive(Place place);

    /** CPU time that the processes of the place have used, in any unit. */
    abstract long cpuUsed(Place place);

    abstract boolean sealsTheNetwork();

    @BeforeEach
    void open() {
        prefix = "ws-" + UUID.randomUUID().toString().substring(0, 8) + "-";
        sandbox = over(root.resolve("places"));
    }

    @AfterEach
    void close() {
        if (sandbox != null) {
            sandbox.sweep(any -> false);
        }
    }

    @Test
    void anotherServerGoesOnWithAProcessFromItsFirstLine() throws Exception {
        Place place = place("a");
        start(place, "for i in $(seq 40); do echo $i; echo e$i >&2; sleep 0.02; done; exit 5");
        lines.awaitLine("3");
        Collected others = new Collected();
        Running running = attached(place, others);
        assertThat(running.await()).isEqualTo(5);
        assertThat(others.out())
                .isEqualTo(
                        IntStream.rangeClosed(1, 40).mapToObj(Integer::toString).toList());
        assertThat(others.err()).hasSize(40);
    }

    @Test
    void anotherServerLearnsHowAProcessEndedMeanwhile() throws Exception {
        Place place = place("a");
        assertThat(start(place, "echo last words; exit 6").await()).isEqualTo(6);
        Collected others = new Collected();
        assertThat(attached(place, others).await()).isEqualTo(6);
        assertThat(others.out()).containsExactly("last words");
    }

    @Test
    void whatIsHeldStaysHeldForAnotherServer() throws Exception {
        Place place = place("a");
        Running first = start(place, "i=0; while [ $i -lt 50 ]; do i=$((i+1)); echo $i; sleep 0.02; done");
        Collected.await(() -> lines.count() > 5, "output");
        first.freeze();
        Collected others = new Collected();
        Running second = attached(place, others);
        long cpu = cpuUsed(place);
        Collected.rest(MOMENT_MILLIS);
        int count = others.count();
        Collected.rest(MOMENT_MILLIS);
        assertThat(others.count()).isEqualTo(count).isBetween(5, 49);
        assertThat(cpuUsed(place)).isEqualTo(cpu);
        second.thaw();
        assertThat(second.await()).isZero();
        assertThat(others.out()).hasSize(50);
    }

    @Test
    void anotherServerStopsWhatItDidNotStart() throws Exception {
        Place place = place("a");
        start(place, "echo ready; sleep 1000");
        lines.awaitLine("ready");
        Running running = attached(place, new Collected());
        running.stop();
        assertThat(running.await()).isNotZero();
        assertThat(alive(place)).isZero();
    }

    @Test
    void whereNothingWasStartedThereIsNothingToGoOnWith() {
        Place place = place("a");
        assertThat(sandbox.attach(place, lines)).isEmpty();
        assertThat(sandbox.find(place.id(), SMALL)).contains(place);
        assertThat(sandbox.find(prefix + "none", SMALL)).isEmpty();
    }

    private Running attached(Place place, Collected sink) {
        Sandbox other = over(root.resolve("places"));
        return other.attach(other.find(place.id(), SMALL).orElseThrow(), sink).orElseThrow();
    }

    Place place(String name) {
        return sandbox.create(prefix + name, SMALL);
    }

    Running start(Place place, String script) {
        return sandbox.start(place, shell(script), lines);
    }

    int run(String script) throws InterruptedException {
        return start(place("run"), script).await();
    }

    static Program shell(String script) {
        return new Program(List.of("sh", "-c", script), Map.of(), ".", null);
    }

    static long cpuTicks(long pid) {
        try {
            String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
            return Long.parseLong(fields[11]) + Long.parseLong(fields[12]);
        } catch (IOException gone) {
            return 0;
        }
    }
}
