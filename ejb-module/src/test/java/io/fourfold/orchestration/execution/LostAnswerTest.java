package io.fourfold.orchestration.execution;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.Entry;
import io.fourfold.orchestration.execution.ExecutionEvent.PhaseStarted;
import io.fourfold.session.Session;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The storage has taken what was asked of it, and goes away before it says so. */
@Tag("machine")
class LostAnswerTest {

    /** More than an execution of two phases has. */
    private static final int COMMITS_MAX = 12;

    @TempDir
    Path folder;

    @Test
    void whicheverAnswerIsLostNothingIsDoneTwiceOrLeftOpen() throws Exception {
        int lost = 1;
        boolean hit = true;
        for (; hit && lost <= COMMITS_MAX; lost++) {
            hit = runsAsIfNothingHadHappened(lost);
        }
        assertThat(lost).as("commits of a run").isBetween(7, COMMITS_MAX);
    }

    /** Whether there was such an answer. */
    private boolean runsAsIfNothingHadHappened(int lost) throws Exception {
        Path here = Files.createDirectory(folder.resolve("lost" + lost));
        try (Workbench bench = new Workbench(here)) {
            bench.queue("""
                    id: w
                    phases:
                      - {id: one, run: "echo one; echo x > artifacts/output/a.txt"}
                      - {id: two, run: "echo two; echo y > artifacts/output/b.txt"}
                    """);
            bench.appends.set(lost);
            assertThat(bench.run().status()).as("answer %d lost", lost).isEqualTo(Status.COMPLETED);
            assertThat(bench.events().filter(PhaseStarted.class::isInstance).map(event -> ((PhaseStarted) event)
                            .phaseId()))
                    .containsExactly("one", "two");
            List<String> kinds = bench.entries().stream().map(Entry::kind).toList();
            for (String once : List.of("workspace.destroyed.v1", "session.completed.v1", "artifact.created.v1")) {
                assertThat(kinds).filteredOn(once::equals).as(once).hasSize(2);
            }
            for (String phase : List.of("one", "two")) {
                String session = bench.state().phase(phase).orElseThrow().sessionId();
                assertThat(bench.commands
                                .state(Session.AGGREGATE, Session.threadOf(session))
                                .standing())
                        .isEqualTo(Session.Standing.COMPLETED);
            }
            return bench.appends.get() <= 0;
        }
    }
}
