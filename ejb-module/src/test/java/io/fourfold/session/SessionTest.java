package io.fourfold.session;

import static io.fourfold.kit.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.StateTable;
import io.fourfold.orchestration.execution.Samples;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SessionTest {

    static final Session.Subject SUBJECT =
            new Session.Subject("exec-1", "w", "W", "one", "One", "command", null, List.of("https://x/y"));
    static final Session.Event STARTED = new Session.Event.Started("s", SUBJECT, NOW);
    static final Session.Event COMPLETED =
            new Session.Event.Completed("s", Samples.result(true, "1.5"), Samples.SHA, null, 3, NOW);

    private static final String BY_STATE = """
                               ABSENT  RUNNING   COMPLETED
            Start              started no        no
            Complete           no      completed no
            """;

    @Test
    void everyCommandInEveryState() {
        Map<String, List<Session.Event>> states = new LinkedHashMap<>();
        states.put("ABSENT", List.of());
        states.put("RUNNING", List.of(STARTED));
        states.put("COMPLETED", List.of(STARTED, COMPLETED));
        assertThat(new StateTable<>(Session.AGGREGATE, states)
                        .of(List.of(
                                new Session.Command.Start("s", SUBJECT),
                                new Session.Command.Complete("s", Samples.result(true, "1.5"), null, null, 3))))
                .isEqualTo(BY_STATE);
    }
}
