package io.fourfold.orchestration.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fourfold.orchestration.workspace.Sandbox.Place;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("machine")
class ProcessSandboxTest {

    abstract static class Processes extends SandboxContract {

        private List<ProcessTable.Entry> family(Place place) {
            String mark = "FOURFOLD_WORKSPACE=" + place.root().getParent();
            return ProcessTable.family(ProcessFamily.NO_LEADER, mark);
        }

        @Override
        int alive(Place place) {
            return family(place).size();
        }

        @Override
        long cpuUsed(Place place) {
            return family(place).stream()
                    .mapToLong(entry -> cpuTicks(entry.pid()))
                    .sum();
        }

        @Test
        void aChildThatLeavesItsSessionIsStillFound() throws Exception {
            Place place = place("a");
            assertThat(start(place, "setsid sleep 1000 > /dev/null 2>&1 & echo started")
                            .await())
                    .isZero();
            Collected.await(() -> alive(place) == 0, "the end of the process that left");
        }
    }

    @Nested
    class Plain extends Processes {

        @Override
        Sandbox over(Path folder) {
            return ProcessSandbox.sealedBy(Seal.NONE, folder);
        }

        @Override
        boolean sealsTheNetwork() {
            return false;
        }

        @Test
        void itWarnsThatNothingIsShutIn() {
            assertThat(sandbox.warning()).get().asString().contains("not shut in");
        }
    }

    @Nested
    class Sealed extends Processes {

        @Override
        Sandbox over(Path folder) {
            assumeTrue(Seal.probe() == Seal.BUBBLEWRAP, "bubblewrap does not run here");
            return ProcessSandbox.sealedBy(Seal.BUBBLEWRAP, folder);
        }

        @Override
        boolean sealsTheNetwork() {
            return true;
        }

        @Test
        void onlyThePlaceAndTmpCanBeWritten() throws Exception {
            assertThat(run("for d in / /usr /etc /workspace /tmp; do touch $d/x 2>/dev/null && echo $d; done; true"))
                    .isZero();
            assertThat(lines.out()).containsExactly("/workspace", "/tmp");
        }

        @Test
        void noOtherFilesAndProcessesAreSeen() throws Exception {
            assertThat(run("ls /root /home /work /var " + root + " 2>/dev/null; ls -d /proc/[0-9]* | wc -l; grep CapEff"
                            + " /proc/self/status"))
                    .isZero();
            assertThat(lines.out()).hasSize(2);
            assertThat(Integer.parseInt(lines.out().getFirst().strip())).isLessThan(8);
            assertThat(lines.out().getLast()).endsWith("0000000000000000");
        }
    }
}
