package io.fourfold.projection;

import io.fourfold.artifact.Artifact;
import io.fourfold.dispatch.DispatchEvent;
import io.fourfold.dispatch.Result;
import io.fourfold.dispatch.Subject;
import io.fourfold.kit.EventCodec;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.ThreadId;
import io.fourfold.orchestration.execution.Execution;
import io.fourfold.orchestration.execution.ExecutionEvent;
import io.fourfold.orchestration.execution.ExecutionEvent.Collected;
import io.fourfold.orchestration.execution.ExecutionPlan;
import io.fourfold.orchestration.execution.Samples;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workflow.Repositories.Repo;
import io.fourfold.orchestration.workspace.Workspace;
import io.fourfold.routing.RoutingTrace;
import io.fourfold.session.Reason;
import io.fourfold.session.Session;
import io.fourfold.trigger.FiringEvent;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a server at work writes: executions of two phases with all that belongs to them, many at a time; and among them
 * dispatches, tasks, verdicts and firings. The same for the same seed.
 */
public final class SampleLog {

    private static final Did ENGINE = new Did("did:fourfold:system:engine");
    private static final int AT_ONCE = 50;
    private static final int WORKFLOWS = 20;
    private static final int REPOSITORIES = 100;
    private static final int A_DAYS_EXECUTIONS = 500;
    private static final Duration STEP = Duration.ofMillis(10);

    private final Random random;
    private final List<Phase> phases = Samples.phases();
    private Instant now = Instant.parse("2026-03-01T00:00:00Z");

    private SampleLog(long seed) {
        this.random = new Random(seed);
    }

    /** In the order in which they are appended. */
    public static List<Draft> of(int executions, long seed) {
        return new SampleLog(seed).drafts(executions);
    }

    /** Appends them a thousand at a time. */
    public static void write(Log log, List<Draft> drafts) {
        for (int from = 0; from < drafts.size(); from += Log.READ_MAX) {
            List<Draft> some = drafts.subList(from, Math.min(drafts.size(), from + Log.READ_MAX));
            log.append(some.stream().map(Append::of).toList());
        }
    }

    private List<Draft> drafts(int executions) {
        List<Draft> all = new ArrayList<>();
        List<Deque<Draft>> open = new ArrayList<>();
        int begun = 0;
        while (begun < executions || !open.isEmpty()) {
            while (open.size() < AT_ONCE && begun < executions) {
                open.add(execution(begun++));
            }
            int one = random.nextInt(open.size());
            all.add(open.get(one).poll());
            if (open.get(one).isEmpty()) {
                open.remove(one);
            }
        }
        return all;
    }

    private String hex(int bytes) {
        byte[] some = new byte[bytes];
        random.nextBytes(some);
        return HexFormat.of().formatHex(some);
    }

    private static <E> Draft event(EventCodec<E> codec, ThreadId thread, E event) {
        return Draft.of(thread, ENGINE, Act.KNOW, codec.write(event));
    }

    private static Draft happened(ExecutionEvent event) {
        return event(ExecutionEvent.CODEC, Execution.threadOf(event.executionId()), event);
    }

    private Deque<Draft> execution(int number) {
        now = number % A_DAYS_EXECUTIONS == 0 ? now.plus(Duration.ofDays(1)) : now.plus(STEP);
        String id = "exec-" + hex(6);
        String workflow = "workflow-" + random.nextInt(WORKFLOWS);
        Repo repo = new Repo("https://github.com/octo/r" + random.nextInt(REPOSITORIES) + ".git", null, "repos/r");
        ExecutionPlan plan = new ExecutionPlan(
                workflow,
                workflow,
                1,
                "a task",
                Map.of(),
                List.of(repo),
                phases,
                Map.of(),
                null,
                null,
                Samples.ticket());
        Deque<Draft> story = new ArrayDeque<>();
        story.add(happened(new ExecutionEvent.Queued(id, plan, now)));
        story.add(happened(new ExecutionEvent.Started(id, "node", now)));
        phase(story, id, workflow, "one");
        if (random.nextInt(10) == 0) {
            story.add(
                    happened(new ExecutionEvent.Failed(id, "two", Reason.TASK, 1, "it did not work", List.of(), now)));
            story.add(happened(new ExecutionEvent.Retried(id, List.of("two"), Samples.ticket(), now)));
        }
        phase(story, id, workflow, "two");
        story.add(happened(new ExecutionEvent.Completed(id, now)));
        if (number % 10 == 0) {
            beside(story, id);
        }
        return story;
    }

    private void phase(Deque<Draft> story, String id, String workflow, String phase) {
        String session = hex(8);
        String artifact = hex(8);
        String workspace = "ws-" + hex(6);
        ThreadId place = ThreadId.of("workspace", workspace);
        ThreadId talk = ThreadId.of("session", session);
        Session.Subject subject = new Session.Subject(id, workflow, workflow, phase, phase, "command", null, List.of());
        Artifact.Facts facts = new Artifact.Facts(
                workflow, id, phase, session, "out.md", "markdown", "text/markdown", 3, Samples.SHA, true, List.of());
        story.add(happened(new ExecutionEvent.PhaseStarted(id, phase, session, now)));
        story.add(
                event(Workspace.Event.CODEC, place, new Workspace.Event.Created(workspace, id, phase, "process", now)));
        story.add(event(Workspace.Event.CODEC, place, new Workspace.Event.SetupCompleted(workspace, Map.of(), now)));
        story.add(happened(new ExecutionEvent.WorkspaceReady(id, phase, workspace, Map.of(), now)));
        story.add(event(Session.Event.CODEC, talk, new Session.Event.Started(session, subject, now)));
        story.add(event(Workspace.Event.CODEC, place, new Workspace.Event.AgentStarted(workspace, "command", now)));
        story.add(event(
                Session.Event.CODEC,
                talk,
                new Session.Event.Completed(session, Samples.result(true, "0.5"), Samples.SHA, null, 3, now)));
        story.add(happened(new ExecutionEvent.AgentFinished(id, phase, Samples.result(true, "0.5"), now)));
        story.add(event(
                Artifact.Event.CODEC,
                ThreadId.of("artifact", artifact),
                new Artifact.Event.Created(artifact, facts, now)));
        story.add(happened(new ExecutionEvent.ArtifactsCollected(
                id, phase, List.of(new Collected(artifact, "out.md", Samples.SHA)), Samples.SHA, now)));
        story.add(event(Workspace.Event.CODEC, place, new Workspace.Event.Destroyed(workspace, now)));
        story.add(happened(new ExecutionEvent.PhaseCompleted(id, phase, now)));
    }

    private void beside(Deque<Draft> story, String execution) {
        ThreadId work = new ThreadId("th_" + hex(8));
        Did alice = new Did("did:fourfold:user:alice");
        Draft intent = Draft.of(work, alice, Act.INTEND, Json.parse("{\"task\":true,\"goal\":\"mend it\"}"));
        story.add(intent);
        story.add(Draft.of(work, ENGINE, Act.KNOW, Json.parse("{\"topic\":\"task_done_claim\"}")));
        story.add(Draft.of(work, alice, Act.KNOW, Json.parse("{\"verdict\":\"accept\"}")));
        String dispatch = hex(16);
        ThreadId line = ThreadId.of("dispatch", dispatch);
        Subject subject = new Subject(hex(32), work.value(), "default", "mend it", "general");
        boolean found = random.nextBoolean();
        RoutingTrace trace = new RoutingTrace(
                subject.record(),
                null,
                "default",
                found ? "did:x:a" : null,
                null,
                null,
                found ? dispatch : null,
                1,
                List.of());
        story.add(event(DispatchEvent.CODEC, line, new DispatchEvent.Routed(dispatch, subject, trace, now)));
        if (found) {
            story.add(event(
                    DispatchEvent.CODEC,
                    line,
                    new DispatchEvent.Completed(dispatch, subject, Result.done(), null, null, false, 5, now)));
        }
        ThreadId trigger = ThreadId.of("trigger", "t");
        story.add(event(
                FiringEvent.CODEC,
                trigger,
                new FiringEvent.Fired("t", hex(32), null, 1, work.value(), 1, Samples.SHA, execution, now)));
        story.add(event(
                FiringEvent.CODEC,
                trigger,
                new FiringEvent.Ended("t", execution, "completed", new BigDecimal("1"), null, 9, now)));
    }
}
