package io.fourfold.orchestration.execution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.artifact.Artifact;
import io.fourfold.log.Entry;
import io.fourfold.orchestration.workspace.Workspace;
import io.fourfold.session.Reason;
import io.fourfold.session.Session;
import io.fourfold.telemetry.Observation;
import io.fourfold.telemetry.ObservationType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@Tag("machine")
class RunnerTest {

    @TempDir
    Path folder;

    private Workbench bench;

    @BeforeEach
    void open() {
        bench = new Workbench(folder);
    }

    /** Whatever a test did, no workspace and no conversation is left on the disk. */
    @AfterEach
    void nothingIsLeft() throws Exception {
        bench.close();
        assertThat(bench.leftovers()).isEmpty();
    }

    private <E> List<E> all(io.fourfold.kit.EventCodec<E> codec) {
        return bench.entries().stream().flatMap(e -> codec.read(e).stream()).toList();
    }

    @Test
    void twoPhasesPassOnWhatTheyMade() throws Exception {
        ExecutionState state = bench.run("""
                id: w
                phases:
                  - id: plan
                    run: echo "a plan for $ARGUMENTS" > artifacts/output/plan.md
                    output_artifacts: [plan.md]
                  - id: act
                    run: |
                      echo {{plan}} > artifacts/output/said.txt
                      cat artifacts/input/plan/plan.md > artifacts/output/copied.txt
                """);
        assertThat(state.status()).isEqualTo(Status.COMPLETED);
        assertThat(bench.output("plan")).isEqualTo("a plan for the task");
        assertThat(bench.output("act"))
                .isEqualTo("## copied.txt\n\na plan for the task\n\n## said.txt\n\na plan for the task");
        assertThat(all(Artifact.Event.CODEC)).hasSize(3);
        assertThat(all(Session.Event.CODEC)).hasSize(4);
    }

    @Test
    void whatAPhasePrintsIsItsOutputWhenItLeavesNoFile() throws Exception {
        bench.run("""
                id: w
                phases:
                  - {id: one, run: "echo printed"}
                  - {id: two, run: "cat artifacts/input/one/output.md; echo {{one}}"}
                """);
        assertThat(bench.output("two").lines()).containsExactly("printed" + "printed");
    }

    @Test
    void everyWorkspaceIsMadeSetUpUsedAndDestroyed() throws Exception {
        bench.run("{id: w, phases: [{id: one, run: 'true'}]}");
        assertThat(all(Workspace.Event.CODEC))
                .extracting(e -> e.getClass().getSimpleName())
                .containsExactly("Created", "SetupCompleted", "AgentStarted", "Destroyed");
    }

    @Test
    void observationsAreNumberedWithoutGapsOverAllPhases() throws Exception {
        bench.run("{id: w, phases: [{id: one, run: 'seq 5'}, {id: two, run: 'seq 5'}]}");
        assertThat(bench.telemetry)
                .extracting(Observation::seq)
                .containsExactlyElementsOf(LongStream.rangeClosed(1, 10).boxed().toList());
    }

    @Test
    void aCommandThatFailsNamesPhaseExitCodeAndItsLastLines() throws Exception {
        assertThat(bench.run("""
                                id: w
                                phases:
                                  - {id: one, run: "true"}
                                  - {id: two, run: "seq 30; exit 3"}
                                  - {id: three, run: "true"}
                                """).status()).isEqualTo(Status.FAILED);
        ExecutionEvent.Failed failed = bench.failure();
        assertThat(failed.phaseId()).isEqualTo("two");
        assertThat(failed.exitCode()).isEqualTo(3);
        assertThat(failed.reason()).isEqualTo(Reason.TASK);
        assertThat(failed.message().lines())
                .hasSize(AgentLines.LAST_LINES_MAX)
                .startsWith("11")
                .endsWith("30");
        assertThat(bench.state().phase("three")).isEmpty();
    }

    @Test
    void theLastLinesAreThoseOfBothStreams() throws Exception {
        bench.run("{id: w, phases: [{id: one, run: 'echo out; echo err >&2; exit 1'}]}");
        assertThat(bench.failure().message().lines()).containsExactlyInAnyOrder("out", "err");
    }

    @Test
    void aFailedPhaseKeepsWhatItLeft() throws Exception {
        bench.run("{id: w, phases: [{id: one, run: 'echo half > artifacts/output/half.txt; exit 1'}]}");
        assertThat(bench.only(ExecutionEvent.ArtifactsCollected.class).artifacts())
                .extracting(ExecutionEvent.Collected::path)
                .containsExactly("half.txt");
    }

    @Test
    void aPhaseThatTakesTooLongIsStopped() throws Exception {
        bench.run("{id: w, phases: [{id: one, run: 'echo begun; sleep 60', timeout_seconds: 1}]}");
        assertThat(bench.failure().reason()).isEqualTo(Reason.TIMEOUT);
        assertThat(bench.failure().message())
                .startsWith("Stopped after 1 s (timeout_seconds)")
                .contains("begun");
    }

    @Test
    void aSessionThatReachesItsBudgetIsStopped() throws Exception {
        String line = """
                {"type":"assistant","message":{"id":"m%d","model":"claude-haiku-4-5","content":[],\
                "usage":{"input_tokens":100000,"output_tokens":0}}}
                """;
        bench.queue("""
                id: w
                phases: [{id: one, agent: replay, recording: r.jsonl, prompt: x, pace: 0, max_cost_usd: 0.25}]
                """, Map.of("r.jsonl", line.formatted(1) + line.formatted(2) + line.formatted(3)), List.of());
        bench.run();
        assertThat(bench.failure().reason()).isEqualTo(Reason.BUDGET);
        assertThat(bench.failure().message()).contains("USD were spent");
    }

    @Test
    void aDeclaredOutputThatIsMissingFailsThePhaseByName() throws Exception {
        bench.run("""
                id: w
                phases:
                  - {id: one, run: "echo x > artifacts/output/b.md", output_artifacts: [a.md, b.md]}
                """);
        assertThat(bench.failure().reason()).isEqualTo(Reason.TASK);
        assertThat(bench.failure().message())
                .isEqualTo("Expected the declared output a.md below artifacts/output, but the phase left b.md");
    }

    @Test
    void anAgentThatCannotBeStartedEndsItsSessionAndTheExecution() throws Exception {
        bench.queue(
                "{id: w, phases: [{id: one, agent: replay, recording: r.jsonl, prompt: x}]}",
                Map.of("r.jsonl", "{}"),
                List.of());
        ExecutionState queued = bench.state();
        String sha256 = queued.plan().files().get("r.jsonl");
        Files.delete(folder.resolve("content").resolve(sha256.substring(0, 2)).resolve(sha256.substring(2)));
        assertThatThrownBy(bench::run).hasMessageContaining(sha256);
        assertThat(bench.failure().reason()).isEqualTo(Reason.WORKSPACE);
        assertThat(bench.failure().phaseId()).isEqualTo("one");
        assertThat(all(Session.Event.CODEC).getLast())
                .isInstanceOfSatisfying(
                        Session.Event.Completed.class,
                        e -> assertThat(e.result().success()).isFalse());
    }

    @Test
    void linksInTheOutputAreNotFollowed() throws Exception {
        Path secret = Files.writeString(folder.resolve("secret"), "secret");
        bench.run("""
                id: w
                phases:
                  - id: one
                    run: |
                      ln -s %s artifacts/output/file.txt
                      ln -s %s artifacts/output/folder
                      echo mine > artifacts/output/mine.txt
                """.formatted(secret, folder));
        assertThat(bench.only(ExecutionEvent.ArtifactsCollected.class).artifacts())
                .extracting(ExecutionEvent.Collected::path)
                .containsExactly("mine.txt");
        assertThat(bench.output("one")).isEqualTo("mine");
    }

    @Test
    void aRepositoryIsClonedAtItsCommit() throws Exception {
        Path repository = repository();
        bench.queue(
                "{id: w, phases: [{id: one, run: 'cat {{repo_dir}}/hello.txt'}]}",
                Map.of(),
                List.of("file://" + repository));
        bench.run();
        assertThat(bench.state().status()).isEqualTo(Status.COMPLETED);
        assertThat(bench.output("one")).isEqualTo("hello");
        assertThat(bench.only(ExecutionEvent.WorkspaceReady.class).commits())
                .containsExactly(Map.entry("file://" + repository, git(repository, "rev-parse", "HEAD")));
    }

    @Test
    void aRepositoryThatCannotBeClonedFailsTheWorkspaceInGitsWords() throws Exception {
        bench.queue(
                "{id: w, phases: [{id: one, run: 'true'}]}", Map.of(), List.of("file://" + folder.resolve("nowhere")));
        bench.run();
        assertThat(bench.failure().reason()).isEqualTo(Reason.WORKSPACE);
        assertThat(bench.failure().message())
                .startsWith("Cannot clone file://")
                .contains("does not appear to be a git repository");
        assertThat(all(Workspace.Event.CODEC))
                .extracting(e -> e.getClass().getSimpleName())
                .containsExactly("Created", "Failed", "Destroyed");
    }

    @Test
    void aRetryStartsAtThePhaseThatFailedWithTheCommitThatTheFirstTryHad() throws Exception {
        bench.queue("""
                id: w
                phases:
                  - {id: one, run: "date +%s%N > artifacts/output/one.txt"}
                  - {id: two, run: "echo begun; git -C {{repo_dir}} rev-parse HEAD; sleep 2"}
                """, Map.of(), List.of("file://" + repository()));
        String pinned = git(folder.resolve("origin/octo"), "rev-parse", "HEAD");
        CompletableFuture<Void> run = bench.started(bench.runner());
        Workbench.until(() -> bench.seen(ObservationType.STREAM_CHUNK) > 1, "the second phase");
        String first = bench.output("one");
        bench.tell(new ExecutionCommand.Interrupt(Workbench.ID, "a drill"));
        run.get(30, TimeUnit.SECONDS);
        commit(folder.resolve("origin/octo"), "later");
        assertThat(bench.tell(new ExecutionCommand.Retry(Workbench.ID))).isTrue();
        assertThat(bench.run().status()).isEqualTo(Status.COMPLETED);
        assertThat(bench.output("one")).isEqualTo(first);
        assertThat(bench.output("two").lines()).containsExactly("begun", pinned);
    }

    @Test
    void whatAnInterruptedAgentLeftIsKeptAlsoWhatItHadNotPushed() throws Exception {
        bench.queue("""
                id: w
                phases:
                  - id: one
                    run: |
                      echo half > artifacts/output/half.txt
                      cd {{repo_dir}}; echo a > a.txt; git add a.txt
                      git -c user.name=a -c user.email=a@b commit --quiet -m local
                      echo b > b.txt
                      echo begun; sleep 100
                """, Map.of(), List.of("file://" + repository()));
        CompletableFuture<Void> run = bench.started(bench.runner());
        Workbench.until(() -> bench.seen(ObservationType.STREAM_CHUNK) > 0, "the agent");
        bench.tell(new ExecutionCommand.Interrupt(Workbench.ID, "a drill"));
        run.get(30, TimeUnit.SECONDS);
        Map<String, String> kept = new HashMap<>();
        all(Artifact.Event.CODEC).forEach(e -> {
            if (e instanceof Artifact.Event.Created created) {
                kept.put(created.facts().title(), created.facts().sha256());
            }
        });
        String bundle = kept.keySet().stream()
                .filter(name -> name.endsWith(".bundle"))
                .findFirst()
                .orElseThrow();
        assertThat(kept).containsKey("half.txt");
        Path clone = folder.resolve("origin/octo");
        Path file = Files.write(
                folder.resolve("b"), bench.content.read(kept.get(bundle)).orElseThrow());
        git(clone, "fetch", "--quiet", file.toString(), "HEAD:kept");
        assertThat(git(clone, "ls-tree", "--name-only", "kept").lines()).contains("a.txt", "b.txt", "hello.txt");
        assertThat(bench.only(ExecutionEvent.AgentFinished.class).result().success())
                .isFalse();
    }

    @Test
    void whatTheEngineWritesIsInItsOwnName() throws Exception {
        bench.run("{id: w, phases: [{id: one, run: 'true'}]}");
        List<Entry> written = bench.entries().stream()
                .filter(e -> !e.draft().actor().equals(Workbench.ALICE))
                .toList();
        assertThat(written)
                .hasSizeGreaterThan(8)
                .allSatisfy(e -> assertThat(e.draft().actor().isSystem()).isTrue());
    }

    private Path repository() throws Exception {
        Path repository = Files.createDirectories(folder.resolve("origin/octo"));
        git(repository, "init", "--quiet");
        commit(repository, "hello.txt");
        return repository;
    }

    private static void commit(Path repository, String name) throws Exception {
        Files.writeString(repository.resolve(name), "hello\n");
        git(repository, "add", ".");
        git(repository, "-c", "user.name=a", "-c", "user.email=a@b", "commit", "--quiet", "-m", name);
    }

    private static String git(Path repository, String... arguments) throws Exception {
        List<String> command = new java.util.ArrayList<>(List.of("git", "-C", repository.toString()));
        command.addAll(List.of(arguments));
        Process git = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said = new String(git.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        assertThat(git.waitFor()).as(said).isZero();
        return said.strip();
    }
}
