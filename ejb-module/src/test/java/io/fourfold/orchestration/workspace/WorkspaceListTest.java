package io.fourfold.orchestration.workspace;

import static io.fourfold.kit.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.Entries;
import io.fourfold.kit.Folded;
import io.fourfold.log.ThreadId;
import io.fourfold.view.WorkspaceRow;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkspaceListTest {

    private final Entries entries = new Entries();

    private WorkspaceRow after(Workspace.Event event) {
        entries.event(Workspace.Event.CODEC, ThreadId.of("workspace", "ws-1"), event);
        return Folded.of(new WorkspaceList(), entries.all()).get("ws-1");
    }

    @Test
    void aWorkspaceShowsWhereItStands() {
        WorkspaceRow created = after(new Workspace.Event.Created("ws-1", "exec-1", "one", "process", NOW));
        assertThat(created.status).isEqualTo("created");
        assertThat(created.executionId).isEqualTo("exec-1");
        assertThat(created.backend).isEqualTo("process");
        WorkspaceRow ready = after(new Workspace.Event.SetupCompleted("ws-1", Map.of("https://x/y", "c0ffee"), NOW));
        assertThat(ready.status).isEqualTo("ready");
        assertThat(ready.commits).containsEntry("https://x/y", "c0ffee");
        assertThat(after(new Workspace.Event.AgentStarted("ws-1", "claude", NOW)).provider)
                .isEqualTo("claude");
        WorkspaceRow failed = after(new Workspace.Event.Failed("ws-1", "no room", NOW));
        assertThat(failed.status).isEqualTo("failed");
        assertThat(failed.message).isEqualTo("no room");
        WorkspaceRow gone = after(new Workspace.Event.Destroyed("ws-1", NOW));
        assertThat(gone.status).isEqualTo("destroyed");
        assertThat(gone.endedAt).isEqualTo(NOW);
    }
}
