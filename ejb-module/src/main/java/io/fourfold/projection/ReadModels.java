package io.fourfold.projection;

import io.fourfold.artifact.ArtifactList;
import io.fourfold.dispatch.DispatchList;
import io.fourfold.dispatch.DispatchQueue;
import io.fourfold.dispatch.UnroutedQueue;
import io.fourfold.engine.ThreadState;
import io.fourfold.expression.Expressions;
import io.fourfold.kit.Projection;
import io.fourfold.kit.ThreadFold;
import io.fourfold.log.Log;
import io.fourfold.orchestration.execution.DashboardMetrics;
import io.fourfold.orchestration.execution.ExecutionDetail;
import io.fourfold.orchestration.execution.ExecutionList;
import io.fourfold.orchestration.execution.ExecutionQueue;
import io.fourfold.orchestration.execution.Life;
import io.fourfold.orchestration.execution.PhaseMetrics;
import io.fourfold.orchestration.workflow.WorkflowDetail;
import io.fourfold.orchestration.workflow.WorkflowList;
import io.fourfold.orchestration.workspace.WorkspaceList;
import io.fourfold.organization.OrganizationTree;
import io.fourfold.packages.PackageList;
import io.fourfold.pattern.PatternIndex;
import io.fourfold.repository.RepoCorrelation;
import io.fourfold.repository.RepoHealth;
import io.fourfold.session.SessionList;
import io.fourfold.task.TaskList;
import io.fourfold.trigger.TriggerList;
import io.fourfold.trigger.TriggerPast;
import io.fourfold.trust.TrustEvidence;
import java.util.List;

/** All read models there are. Each call makes them anew: one that remembers threads is for one folding at a time. */
public final class ReadModels {

    private ReadModels() {}

    public static List<Projection<?>> over(Log log, Expressions expressions) {
        ThreadFold<Life> lives = Life.lives(log);
        return List.of(
                new WorkflowList(),
                new WorkflowDetail(),
                new ExecutionList(),
                new ExecutionDetail(),
                new SessionList(),
                new ArtifactList(),
                new TriggerList(expressions),
                new TriggerPast(),
                new PhaseMetrics(lives),
                new DashboardMetrics(lives),
                new RepoCorrelation(log),
                new RepoHealth(log, lives),
                new OrganizationTree(),
                new WorkspaceList(),
                new ThreadState(),
                new TaskList(log),
                new TrustEvidence(log),
                new PatternIndex(),
                new DispatchQueue(),
                new UnroutedQueue(),
                new DispatchList(),
                new ExecutionQueue(),
                new PackageList());
    }
}
