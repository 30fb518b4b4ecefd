package io.fourfold.orchestration.execution;

import io.fourfold.orchestration.agent.Agent;
import io.fourfold.orchestration.agent.Brief;
import io.fourfold.orchestration.agent.Summary;
import io.fourfold.orchestration.agent.Transcript;
import io.fourfold.orchestration.execution.ExecutionEvent.Collected;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workflow.Repositories.Repo;
import io.fourfold.orchestration.workspace.Sandbox;
import io.fourfold.orchestration.workspace.SandboxFailure;
import io.fourfold.orchestration.workspace.Workspace;
import io.fourfold.session.AgentResult;
import io.fourfold.session.Reason;
import io.fourfold.session.Session;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** One phase, once: a workspace, an agent in it, what it left, and the workspace gone again whatever happened. */
final class PhaseRun {

    private final House house;
    private final String executionId;
    private final Phase phase;
    private final Control control;
    private final AtomicLong seq;
    private final String sessionId;
    private final String workspaceId;
    private boolean late;
    private Sandbox.Place place;
    private AgentLines lines;

    PhaseRun(House house, String executionId, Phase phase, Control control, AtomicLong seq) {
        this.house = house;
        this.executionId = executionId;
        this.phase = phase;
        this.control = control;
        this.seq = seq;
        this.sessionId = house.ids().uuid();
        this.workspaceId = house.ids().workspace();
    }

    /** Whether the execution may go on to its next phase. */
    boolean run() throws InterruptedException {
        if (!control.tell(new ExecutionCommand.StartPhase(executionId, phase.id(), sessionId))) {
            return false;
        }
        Path conversation = house.scratch().resolve("conversations").resolve(sessionId + ".jsonl");
        try {
            tell(new Workspace.Command.Create(
                    workspaceId, executionId, phase.id(), house.sandbox().name()));
            Map<String, String> commits = provision();
            control.tell(new ExecutionCommand.ProvisionWorkspace(executionId, phase.id(), workspaceId, commits));
            AgentResult result = work(conversation, repoFolder());
            return conclude(result);
        } catch (SandboxFailure | IOException broken) {
            tell(new Workspace.Command.Fail(workspaceId, broken.getMessage()));
            control.tell(
                    new ExecutionCommand.Fail(executionId, phase.id(), Reason.WORKSPACE, null, broken.getMessage()));
            return false;
        } finally {
            control.attach(null);
            if (place != null) {
                house.sandbox().destroy(place);
            }
            tell(new Workspace.Command.Destroy(workspaceId));
        }
    }

    private Map<String, String> provision() throws IOException, InterruptedException {
        Provision provision = new Provision(house, control.state());
        boolean network = house.agents().of(phase.agent()).usesNetwork();
        place = house.sandbox().create(workspaceId, Sandbox.Limits.DEFAULT.network(network));
        Map<String, String> commits = provision.fill(place, control);
        tell(new Workspace.Command.RunSetup(workspaceId, commits));
        return commits;
    }

    private String repoFolder() {
        return control.state().plan().repos().stream()
                .map(Repo::folder)
                .findFirst()
                .orElse(null);
    }

    private AgentResult work(Path conversation, String repoFolder) throws IOException, InterruptedException {
        ExecutionPlan plan = control.state().plan();
        Session.Subject subject = new Session.Subject(
                executionId,
                plan.workflowId(),
                plan.workflowName(),
                phase.id(),
                phase.name(),
                phase.agent(),
                phase.model(),
                plan.repos().stream().map(Repo::url).toList());
        house.commands().handle(Session.AGGREGATE, new Session.Command.Start(sessionId, subject), house.actor());
        Files.createDirectories(conversation.getParent());
        long before = house.clock().millis();
        Transcript transcript = new Transcript(house.prices().get());
        AgentResult result;
        try (Writer writer = Files.newBufferedWriter(conversation)) {
            AgentLines.Place where = new AgentLines.Place(executionId, sessionId, phase.id());
            lines = new AgentLines(
                    where, transcript, seq, house.clock(), house.telemetry(), writer, control, budget(plan));
            int exitCode = agent(repoFolder);
            result = new Verdict(phase, lines, late).of(exitCode, house.clock().millis() - before);
        } catch (RuntimeException broken) {
            Files.deleteIfExists(conversation);
            long millis = house.clock().millis() - before;
            complete(new Verdict(phase, lines, late).broken(String.valueOf(broken.getMessage()), millis), null);
            throw broken;
        }
        house.flushed().run();
        complete(result, keep(conversation));
        return result;
    }

    private String keep(Path conversation) throws IOException {
        try (InputStream in = Files.newInputStream(conversation)) {
            return house.content().put(in).sha256();
        } finally {
            Files.deleteIfExists(conversation);
        }
    }

    private void complete(AgentResult result, String conversationSha256) {
        Summary summary = lines.summary();
        house.commands()
                .handle(
                        Session.AGGREGATE,
                        new Session.Command.Complete(
                                sessionId, result, conversationSha256, summary.providerCostUsd(), summary.numTurns()),
                        house.actor());
    }

    private int agent(String repoFolder) throws InterruptedException {
        Agent agent = house.agents().of(phase.agent());
        Instant deadline = house.clock().instant().plusSeconds(phase.timeoutSeconds());
        Brief brief = new Provision(house, control.state()).brief(executionId, phase, place, deadline, repoFolder);
        tell(new Workspace.Command.StartAgent(workspaceId, agent.name()));
        TimedAgent running = new TimedAgent(
                agent.start(house.sandbox(), place, brief, lines), house.alarms(), phase.timeoutSeconds());
        if (agent.yields()) {
            control.attach(running);
        } else {
            control.attachCommand(running);
        }
        try {
            return running.await();
        } finally {
            running.unwatch();
            late = running.isLate();
            control.attach(null);
        }
    }

    /** The smaller of what the phase and the rest of the execution may cost; null for no limit. */
    private BigDecimal budget(ExecutionPlan plan) {
        BigDecimal rest = plan.maxCostUsd() == null
                ? null
                : plan.maxCostUsd().subtract(control.state().spent().costUsd());
        if (rest == null || phase.maxCostUsd() == null) {
            return rest == null ? phase.maxCostUsd() : rest;
        }
        return rest.min(phase.maxCostUsd());
    }

    private boolean conclude(AgentResult result) throws IOException {
        control.tell(new ExecutionCommand.RecordAgentResult(executionId, phase.id(), result));
        Harvest harvest = new Harvest(house, control.state().plan(), executionId, phase, sessionId);
        List<Collected> files = harvest.collect(place, lines::leftOut);
        String output = Outputs.text(files, house.content(), result.message());
        String sha256 = house.content().put(output).sha256();
        control.tell(new ExecutionCommand.CollectArtifacts(executionId, phase.id(), files, sha256));
        if (!result.success()) {
            control.tell(new ExecutionCommand.Fail(
                    executionId, phase.id(), result.reason(), result.exitCode(), result.message()));
            return false;
        }
        List<String> missing = harvest.missing(files);
        if (!missing.isEmpty()) {
            control.tell(new ExecutionCommand.Fail(
                    executionId,
                    phase.id(),
                    Reason.TASK,
                    result.exitCode(),
                    "Expected the declared output " + String.join(", ", missing)
                            + " below artifacts/output, but the phase left " + harvest.names(files)));
            return false;
        }
        return control.tell(new ExecutionCommand.CompletePhase(executionId, phase.id()));
    }

    private void tell(Workspace.Command command) {
        house.commands().handle(Workspace.AGGREGATE, command, house.actor());
    }
}
