package io.fourfold.orchestration.workspace;

import static io.fourfold.kit.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.StateTable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkspaceTest {

    private static final String ID = "ws-0123456789ab";
    private static final Workspace.Event CREATED = new Workspace.Event.Created(ID, "exec-1", "one", "process", NOW);
    private static final Workspace.Event READY = new Workspace.Event.SetupCompleted(ID, Map.of(), NOW);
    private static final Workspace.Event AGENT = new Workspace.Event.AgentStarted(ID, "command", NOW);

    private static final String BY_STATE = """
                               ABSENT  CREATED         READY         AGENT_STARTED FAILED    DESTROYED
            Create             created no              no            no            no        no
            RunSetup           no      setup_completed no            no            no        no
            StartAgent         no      no              agent_started no            no        no
            Fail               no      failed          failed        failed        no        no
            Destroy            no      destroyed       destroyed     destroyed     destroyed -
            """;

    @Test
    void everyCommandInEveryState() {
        Map<String, List<Workspace.Event>> states = new LinkedHashMap<>();
        states.put("ABSENT", List.of());
        states.put("CREATED", List.of(CREATED));
        states.put("READY", List.of(CREATED, READY));
        states.put("AGENT_STARTED", List.of(CREATED, READY, AGENT));
        states.put("FAILED", List.of(CREATED, new Workspace.Event.Failed(ID, "no room", NOW)));
        states.put("DESTROYED", List.of(CREATED, new Workspace.Event.Destroyed(ID, NOW)));
        assertThat(new StateTable<>(Workspace.AGGREGATE, states)
                        .of(List.of(
                                new Workspace.Command.Create(ID, "exec-1", "one", "process"),
                                new Workspace.Command.RunSetup(ID, Map.of()),
                                new Workspace.Command.StartAgent(ID, "command"),
                                new Workspace.Command.Fail(ID, "no room"),
                                new Workspace.Command.Destroy(ID))))
                .isEqualTo(BY_STATE);
    }
}
