package io.fourfold.kit;

import static io.fourfold.orchestration.execution.Samples.AT;
import static io.fourfold.orchestration.execution.Samples.ID;
import static io.fourfold.orchestration.execution.Samples.SHA;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.artifact.Artifact;
import io.fourfold.log.Entry;
import io.fourfold.log.ThreadId;
import io.fourfold.orchestration.concurrency.ConcurrencyKey;
import io.fourfold.orchestration.execution.ExecutionEvent;
import io.fourfold.orchestration.execution.Samples;
import io.fourfold.orchestration.workflow.Workflow;
import io.fourfold.orchestration.workflow.WorkflowDefinition;
import io.fourfold.orchestration.workspace.Workspace;
import io.fourfold.packages.Content;
import io.fourfold.packages.InstalledPackage;
import io.fourfold.packages.Manifest;
import io.fourfold.packages.Origin;
import io.fourfold.session.Session;
import io.fourfold.trigger.FiringEvent;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

class WireNamesTest {

    /** One context's events: the thread they are on, the type they are of, and one of each. */
    private record Context<E>(String noun, EventCodec<E> codec, Class<E> type, List<E> samples) {

        DynamicTest roundTrip(E event) {
            return DynamicTest.dynamicTest(noun + " " + event.getClass().getSimpleName(), () -> {
                Entry entry = new Entries().event(codec, ThreadId.of(noun, "x"), event);
                assertThat(entry.kind()).matches(noun + "\\.[a-z_]+\\.v[12]");
                assertThat(codec.read(entry)).contains(event);
            });
        }

        Stream<DynamicTest> roundTrips() {
            return samples.stream().map(this::roundTrip);
        }
    }

    private static final WorkflowDefinition WORKFLOW = Samples.workflow("""
            id: w
            description: All that can be said
            repository: {url: "octo/{{repo}}", ref: main}
            concurrency: {key: "pr-{{repo}}", limit: 2, behavior: REPLACE}
            inputs:
              - {name: repo, required: false, default: hello}
            phases:
              - {id: one, run: "echo 'ü \\u2028'", timeout_seconds: 5, max_cost_usd: 0.10, output_artifacts: [a.md]}
              - {id: two, agent: replay, recording: r.jsonl, pace: 0.5, prompt: "{{one}}"}
            """);

    private static final Manifest MANIFEST = new Manifest("p", "1.0.0", "For tests", null, "MIT");
    private static final Origin ORIGIN = new Origin("git", "octo/p", "https://github.com/octo/p.git", "v1", "c0ffee");
    private static final List<Content.Part> PARTS = List.of(new Content.Part("w", "workflow.yaml", 3, SHA));
    private static final List<Content.Cue> CUES = List.of(new Content.Cue("t", "default", SHA));

    private static final List<Context<?>> CONTEXTS = List.of(
            new Context<>(
                    "execution",
                    ExecutionEvent.CODEC,
                    ExecutionEvent.class,
                    List.of(
                            Samples.queued(),
                            Samples.started(),
                            Samples.phaseStarted("one"),
                            Samples.workspaceReady("one"),
                            Samples.agentFinished("one", true, "0.02085535"),
                            Samples.agentFinished("one", false, "0"),
                            Samples.collected("one"),
                            Samples.phaseCompleted("one"),
                            new ExecutionEvent.Completed(ID, AT),
                            Samples.failed("one"),
                            Samples.failed(null),
                            Samples.pauseRequested(),
                            Samples.paused(),
                            new ExecutionEvent.Resumed(ID, AT),
                            new ExecutionEvent.CancelRequested(ID, "no more", AT),
                            new ExecutionEvent.Cancelled(ID, List.of(), "no more", AT),
                            new ExecutionEvent.Interrupted(ID, List.of("one"), "gone", true, AT),
                            new ExecutionEvent.Retried(ID, List.of("one", "two"), Samples.ticket(), AT),
                            new ExecutionEvent.PhaseSkipped(ID, "two", "false", AT),
                            new ExecutionEvent.MessageInjected(ID, "two", "mind the gap", AT))),
            new Context<>(
                    "concurrency",
                    ConcurrencyKey.Event.CODEC,
                    ConcurrencyKey.Event.class,
                    List.of(
                            new ConcurrencyKey.Event.Entered("k", ID, List.of("exec-1"), List.of(), AT),
                            new ConcurrencyKey.Event.Left("k", ID, AT),
                            new ConcurrencyKey.Event.Replaced("k", ID, AT))),
            new Context<>(
                    "workflow",
                    Workflow.Event.CODEC,
                    Workflow.Event.class,
                    List.of(
                            new Workflow.Event.Created("w", 1, WORKFLOW, AT),
                            new Workflow.Event.PhaseUpdated(
                                    "w", 2, WORKFLOW.phases().get(1), AT),
                            new Workflow.Event.Archived("w", AT))),
            new Context<>(
                    "workspace",
                    Workspace.Event.CODEC,
                    Workspace.Event.class,
                    List.of(
                            new Workspace.Event.Created("ws-1", ID, "one", "process", AT),
                            new Workspace.Event.SetupCompleted("ws-1", Map.of("https://x/y", "c0ffee"), AT),
                            new Workspace.Event.AgentStarted("ws-1", "command", AT),
                            new Workspace.Event.Destroyed("ws-1", AT),
                            new Workspace.Event.Failed("ws-1", "no room", AT))),
            new Context<>(
                    "session",
                    Session.Event.CODEC,
                    Session.Event.class,
                    List.of(
                            new Session.Event.Started(
                                    "s",
                                    new Session.Subject(ID, "w", "W", "one", "One", "command", null, List.of()),
                                    AT),
                            new Session.Event.Completed(
                                    "s", Samples.result(true, "1.5"), SHA, new BigDecimal("1.25"), 3, AT))),
            new Context<>(
                    "artifact",
                    Artifact.Event.CODEC,
                    Artifact.Event.class,
                    List.of(
                            new Artifact.Event.Created(
                                    "a",
                                    new Artifact.Facts(
                                            "w",
                                            ID,
                                            "one",
                                            "s",
                                            "out.md",
                                            "markdown",
                                            "text/markdown",
                                            3,
                                            SHA,
                                            true,
                                            List.of("b")),
                                    AT),
                            new Artifact.Event.Updated("a", null, false, Map.of("k", "v"), AT),
                            new Artifact.Event.Updated("a", "new", null, null, AT),
                            new Artifact.Event.Deleted("a", AT))),
            new Context<>(
                    "package",
                    InstalledPackage.Event.CODEC,
                    InstalledPackage.Event.class,
                    List.of(
                            new InstalledPackage.Event.Installed("p", MANIFEST, ORIGIN, PARTS, CUES, AT),
                            new InstalledPackage.Event.Updated(
                                    "p", MANIFEST, ORIGIN, PARTS, CUES, List.of("gone"), List.of("default/t"), AT),
                            new InstalledPackage.Event.Uninstalled("p", List.of("w"), List.of("default/t"), AT))),
            new Context<>(
                    "trigger",
                    FiringEvent.CODEC,
                    FiringEvent.class,
                    List.of(
                            new FiringEvent.Fired("t", SHA, null, 7, "th_a", 1, SHA, ID, AT),
                            new FiringEvent.Fired("t", null, AT, 0, "schedule", 1, SHA, ID, AT),
                            new FiringEvent.Blocked("t", SHA, null, 8, "th_a", "cooldown", "too soon", AT, AT),
                            new FiringEvent.Deferred("t", SHA, 9, "th_a", 1, SHA, AT, AT),
                            new FiringEvent.Ended("t", ID, "completed", new BigDecimal("0.5"), null, 4, AT),
                            new FiringEvent.Paused("t", "budget", AT),
                            new FiringEvent.Resumed("t", AT))));

    @TestFactory
    Stream<DynamicTest> everyEventIsReadAsItWasWritten() {
        return CONTEXTS.stream().flatMap(Context::roundTrips);
    }

    @Test
    void everyEventHasASampleAndAName() {
        for (Context<?> context : CONTEXTS) {
            assertThat(context.samples().stream().map(Object::getClass).distinct())
                    .as(context.noun())
                    .hasSize(context.codec().kinds().size())
                    .containsExactlyInAnyOrderElementsOf(
                            Arrays.asList(context.type().getPermittedSubclasses()));
        }
    }

    @Test
    void theWireNamesAreTheFrozenOnes() throws IOException {
        assertThat(CONTEXTS.stream()
                        .map(Context::codec)
                        .flatMap(codec -> Stream.concat(codec.kinds().stream(), codec.earlierKinds().stream()))
                        .sorted())
                .containsExactlyElementsOf(frozen());
    }

    private static List<String> frozen() throws IOException {
        try (InputStream in = WireNamesTest.class.getResourceAsStream("wire-names.txt")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
        }
    }
}
