package io.fourfold.orchestration.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fourfold.orchestration.workspace.Sandbox.Place;
import io.fourfold.orchestration.workspace.Sandbox.Program;
import io.fourfold.orchestration.workspace.Sandbox.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every backend promises. */
abstract class SandboxContract extends SandboxHandover {

    @Test
    void aNewPlaceHasItsFoldersAndNoMore() {
        Place place = place("a");
        assertThat(place.root().resolve("artifacts/input")).isEmptyDirectory().isEqualTo(place.input());
        assertThat(place.root().resolve("artifacts/output")).isEmptyDirectory().isEqualTo(place.output());
        assertThat(place.root().resolve("repos")).isEmptyDirectory();
        assertThat(place.root()).isDirectoryNotContaining(path -> !Set.of("artifacts", "repos")
                .contains(path.getFileName().toString()));
    }

    @Test
    void aPlaceIsMadeOnceAndOnlyUnderAProperName() {
        place("a");
        assertThatThrownBy(() -> place("a")).isInstanceOf(SandboxFailure.class);
        assertThatThrownBy(() -> sandbox.create("../elsewhere", SMALL)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void aProgramReadsItsInputSeesItsEnvironmentAndEndsWithItsCode() throws Exception {
        String text = "a line of input\n".repeat(20_000);
        Program program = new Program(
                List.of("sh", "-c", "cat | wc -l; echo $COLOUR; pwd; exit 7"),
                Map.of("COLOUR", "deep red"),
                "repos",
                text);
        Place place = place("a");
        assertThat(sandbox.start(place, program, lines).await()).isEqualTo(7);
        assertThat(lines.out()).map(String::strip).containsExactly("20000", "deep red", place.path() + "/repos");
    }

    @Test
    void noInputIsAnEmptyOne() throws Exception {
        assertThat(run("cat; echo end")).isZero();
        assertThat(lines.out()).containsExactly("end");
    }

    @Test
    void filesAreSeenFromBothSides() throws Exception {
        Place place = place("a");
        Files.writeString(place.input().resolve("in.txt"), "from the server");
        assertThat(start(place, "cp artifacts/input/in.txt artifacts/output/out.txt")
                        .await())
                .isZero();
        assertThat(place.output().resolve("out.txt")).hasContent("from the server");
    }

    @Test
    void whatTheServerPutThereSinceIsTheProgramsToChangeAtEachStart() throws Exception {
        Place place = place("a");
        Path repository = Files.createDirectories(place.root().resolve("repos/octo__hello/src"));
        Files.writeString(repository.resolve("a.txt"), "a");
        assertThat(start(place, "cd repos/octo__hello && echo b > src/a.txt && mkdir more && rm -r src")
                        .await())
                .as(() -> lines.err().toString())
                .isZero();
        Files.writeString(repository.getParent().resolve("more/c.txt"), "c");
        assertThat(start(place, "echo d > repos/octo__hello/more/c.txt").await())
                .as(() -> lines.err().toString())
                .isZero();
    }

    @Test
    void linesComeInOrderOnBothStreams() throws Exception {
        assertThat(run("i=0; while [ $i -lt 2000 ]; do i=$((i+1)); echo o$i; echo e$i >&2; done; printf last"))
                .isZero();
        List<String> numbers =
                IntStream.rangeClosed(1, 2000).mapToObj(Integer::toString).toList();
        assertThat(lines.out().subList(0, 2000))
                .isEqualTo(numbers.stream().map("o"::concat).toList());
        assertThat(lines.err()).isEqualTo(numbers.stream().map("e"::concat).toList());
        assertThat(lines.out().getLast()).isEqualTo("last");
    }

    @Test
    void aVeryLongLineComesInPieces() throws Exception {
        assertThat(run("head -c 3000000 /dev/zero | tr '\\0' x; echo; echo short"))
                .isZero();
        List<String> out = lines.out();
        assertThat(out).hasSize(4);
        assertThat(out.subList(0, 2)).allMatch(Lines::isPiece);
        assertThat(String.join("", out.subList(0, 3))).isEqualTo("x".repeat(3_000_000));
        assertThat(out.getLast()).isEqualTo("short");
    }

    @Test
    void aKilledProgramEndsWith128AndTheSignal() throws Exception {
        assertThat(run("kill -9 $$")).isEqualTo(137);
    }

    @Test
    void aMissingProgramFailsOrEndsWithAnErrorButNeverHangs() throws Exception {
        int code;
        try {
            code = sandbox.start(place("a"), new Program(List.of("/no/such/program"), Map.of(), ".", null), lines)
                    .await();
        } catch (SandboxFailure refused) {
            code = 127;
        }
        assertThat(code).isNotZero();
    }

    @Test
    void stopEndsTheWholeFamily() throws Exception {
        Place place = place("a");
        Running running = start(
                place, "trap '' TERM; sleep 1000 & sh -c \"trap '' TERM; sleep 1000 & wait\" & echo ready; wait; wait");
        lines.awaitLine("ready");
        running.stop();
        assertThat(running.await()).isNotZero();
        assertThat(alive(place)).isZero();
        running.stop();
    }

    @Test
    void aPoliteProgramMayEndItself() throws Exception {
        Running running = start(place("a"), "trap 'echo bye; exit 3' TERM; echo ready; while :; do sleep 0.05; done");
        lines.awaitLine("ready");
        running.stop();
        assertThat(running.await()).isEqualTo(3);
        assertThat(lines.out()).containsExactly("ready", "bye");
    }

    @Test
    void whatAProgramLeavesBehindEndsWithIt() throws Exception {
        Place place = place("a");
        assertThat(start(place, "sleep 1000 & echo started").await()).isZero();
        Collected.await(() -> alive(place) == 0, "the end of what was left behind");
        assertThat(lines.out()).containsExactly("started");
    }

    @Test
    void frozenNothingMovesAndThawedItGoesOn() throws Exception {
        Place place = place("a");
        Running running = start(place, "(while :; do :; done) & while :; do echo tick; sleep 0.01; done");
        Collected.await(() -> lines.count() > 5, "output");
        running.freeze();
        running.freeze();
        long cpu = cpuUsed(place);
        Collected.rest(MOMENT_MILLIS);
        int count = lines.count();
        Collected.rest(MOMENT_MILLIS);
        assertThat(cpuUsed(place)).isEqualTo(cpu).isPositive();
        assertThat(lines.count()).isEqualTo(count);
        running.thaw();
        running.thaw();
        Collected.await(() -> lines.count() > count + 5, "output after the thaw");
        running.stop();
        assertThat(running.await()).isNotZero();
    }

    @Test
    void whatIsFrozenCanBeStopped() throws Exception {
        Place place = place("a");
        Running running = start(place, "echo ready; while :; do sleep 0.05; done");
        lines.awaitLine("ready");
        running.freeze();
        running.stop();
        assertThat(running.await()).isNotZero();
        assertThat(alive(place)).isZero();
    }

    @Test
    void whatIsFrozenCanBeDestroyed() throws Exception {
        Place place = place("a");
        Running running = start(place, "echo ready; sleep 1000");
        lines.awaitLine("ready");
        running.freeze();
        sandbox.destroy(place);
        assertThat(running.await()).isNotZero();
        assertThat(alive(place)).isZero();
        assertThat(place.root()).doesNotExist();
    }

    @Test
    void destroyRemovesAllAndMayBeRepeated() {
        Place place = place("a");
        start(place, "mkdir -p closed/inner; chmod 500 closed; echo ready; sleep 1000");
        lines.awaitLine("ready");
        sandbox.destroy(place);
        assertThat(place.root()).doesNotExist();
        assertThat(alive(place)).isZero();
        sandbox.destroy(place);
        assertThat(root.resolve("places")).isEmptyDirectory();
    }

    @Test
    void anotherProgramMayFollowInTheSamePlaceButNotBesideTheFirst() throws Exception {
        Place place = place("a");
        Running first = start(place, "echo one > note; echo ready; sleep 1000");
        lines.awaitLine("ready");
        assertThatThrownBy(() -> start(place, "echo two")).isInstanceOf(SandboxFailure.class);
        first.stop();
        first.await();
        assertThat(start(place, "cat note").await()).isZero();
        assertThat(lines.out()).endsWith("one");
    }

    @Test
    void linksOfAnAgentAreNotFollowedWhenItsPlaceGoes() throws Exception {
        Path precious = Files.writeString(outside.resolve("precious.txt"), "keep me");
        Place place = place("a");
        start(place, "ln -s " + outside + " artifacts/output/link; rm -r repos; ln -s " + outside + " repos")
                .await();
        assertThat(Files.isSymbolicLink(place.root().resolve("repos"))).isTrue();
        assertThat(Collector.collect(place)).isEmpty();
        sandbox.destroy(place);
        assertThat(precious).hasContent("keep me");
    }

    @Test
    void aSweepAfterACrashRemovesOnlyTheDead() throws Exception {
        Place dead = place("dead");
        Place live = place("live");
        start(dead, "echo ready; sleep 1000");
        lines.awaitLine("ready");
        Collected others = new Collected();
        Running working = sandbox.start(live, shell("echo up; while :; do sleep 0.05; done"), others);
        others.awaitLine("up");
        assertThat(over(root.resolve("places")).sweep(live.id()::equals)).containsExactly(dead.id());
        assertThat(dead.root()).doesNotExist();
        assertThat(alive(dead)).isZero();
        assertThat(live.root()).isDirectory();
        assertThat(alive(live)).isPositive();
        working.stop();
    }

    @Test
    void aSinkThatCannotTakeALineEndsTheProgram() {
        Place place = place("a");
        Running running = sandbox.start(place, shell("echo one; sleep 1000"), (stream, text) -> {
            throw new IllegalStateException("the disk is full");
        });
        assertThatThrownBy(running::await)
                .isInstanceOf(SandboxFailure.class)
                .hasStackTraceContaining("the disk is full");
        Collected.await(() -> alive(place) == 0, "the end of the program");
    }

    @Test
    void theServersEnvironmentStaysWithTheServer() throws Exception {
        assertThat(run("env")).isZero();
        Set<String> names = new HashSet<>();
        lines.out().forEach(line -> names.add(line.split("=")[0]));
        assertThat(Set.of("PATH", "LANG", "HOME", "PWD", "OLDPWD", "SHLVL", "HOSTNAME", "_", "FOURFOLD_WORKSPACE"))
                .containsAll(names);
        assertThat(names).contains("PATH", "HOME");
    }

    @Test
    void withoutNetworkThereIsOnlyTheLoopback() throws Exception {
        assumeTrue(sealsTheNetwork(), "This backend does not promise to cut the network off");
        assertThat(run("cat /proc/net/dev")).isZero();
        assertThat(lines.out().stream().filter(line -> line.contains(":")).map(line -> line.split(":")[0].strip()))
                .containsExactly("lo");
    }
}
