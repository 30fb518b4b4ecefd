package io.fourfold.orchestration.execution;

import io.fourfold.kit.Opened;
import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.session.AgentResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What a phase has come to, once its agent has ended: the result, what it left, and the conclusion. */
final class PhaseEnd {

    private final House house;
    private final String executionId;
    private final Phase phase;
    private final Control control;
    private final Harvest harvest;
    private final Notices notices;
    private final PhaseWorkspace workspace;

    PhaseEnd(
            House house,
            String executionId,
            Phase phase,
            Control control,
            Numbers numbers,
            String sessionId,
            PhaseWorkspace workspace) {
        this.house = house;
        this.executionId = executionId;
        this.phase = phase;
        this.control = control;
        this.harvest = new Harvest(house, control.state().plan(), executionId, phase, sessionId);
        this.notices = new Notices(house, numbers, new AgentLines.Place(executionId, sessionId, phase.id()));
        this.workspace = workspace;
    }

    /**
     * Records all of it in one commit, but for artifacts that are too many for that or on record already; whether that
     * was accepted.
     */
    boolean finish(AgentWork.Ended ended) throws IOException, InterruptedException {
        try {
            boolean told = collect(
                    ended.result(), List.of(result(ended)), ended.closing().steps());
            if (told) {
                ended.closing().done();
            }
            return told;
        } catch (IOException | RuntimeException broken) {
            if (!control.isAbandoned()) {
                report(ended);
            }
            throw broken;
        }
    }

    /** Records what the agent came to, and nothing else. */
    void report(AgentWork.Ended ended) throws IOException, InterruptedException {
        if (control.report(result(ended), ended.closing().steps())) {
            ended.closing().done();
        } else if (!control.isAbandoned()) {
            ended.closing().alone();
        }
    }

    private ExecutionCommand.RecordAgentResult result(AgentWork.Ended ended) {
        return new ExecutionCommand.RecordAgentResult(executionId, phase.id(), ended.result());
    }

    /** Takes what the agent left, its result being on record; whether that was accepted. */
    boolean collect(AgentResult result) throws IOException, InterruptedException {
        return collect(result, List.of(), List.of());
    }

    private boolean collect(AgentResult result, List<ExecutionCommand> before, List<Opened.Step<?, ?, ?>> with)
            throws IOException, InterruptedException {
        Harvest.Taken taken = harvest.take(workspace.place(), notices::leftOut);
        String output = Outputs.text(taken.files(), house.content(), result.message());
        String sha256 = house.content().put(output).sha256();
        List<ExecutionCommand> commands = new ArrayList<>(before);
        commands.add(new ExecutionCommand.CollectArtifacts(executionId, phase.id(), taken.files(), sha256));
        commands.add(harvest.conclusion(result, taken.files()));
        List<Opened.Step<?, ?, ?>> steps = new ArrayList<>(with);
        steps.add(workspace.end());
        List<Opened.Step<?, ?, ?>> all = new ArrayList<>(steps);
        all.addAll(harvest.steps(taken));
        if (control.tell(commands, all)) {
            return true;
        }
        if (!control.isLive()) {
            return false;
        }
        // One that a server recorded before it was killed refuses the whole commit.
        harvest.record(taken);
        return control.tell(commands, steps);
    }

    /** Concludes a phase whose artifacts are on record; whether that was accepted. */
    boolean conclude(Progress now) {
        return control.tell(List.of(harvest.conclusion(now.result(), now.artifacts())), List.of(workspace.end()));
    }

    /** Keeps what there is, of a phase that was interrupted. */
    void salvage() throws IOException, InterruptedException {
        new Salvage(house.sandbox(), house.alarms()).keep(workspace.place(), notices::leftOut);
        harvest.record(harvest.take(workspace.place(), notices::leftOut));
    }
}
