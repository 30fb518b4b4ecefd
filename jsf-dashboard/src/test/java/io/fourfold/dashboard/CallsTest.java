package io.fourfold.dashboard;

import static io.fourfold.dashboard.Rows.at;
import static io.fourfold.dashboard.Rows.ended;
import static io.fourfold.dashboard.Rows.nested;
import static io.fourfold.dashboard.Rows.seen;
import static io.fourfold.dashboard.Rows.started;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.telemetry.Observation;
import io.fourfold.telemetry.ObservationType;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CallsTest {

    private static Gantt chart(Observation... seen) {
        return Calls.chart(List.of(seen), "model", "model", at(0), at(100));
    }

    @Test
    void theModelHasTheTimeBetweenTheTools() {
        Gantt gantt = chart(started(1, 20, "Grep", "t1"), ended(2, 50, "Grep", "t1", false));
        assertThat(gantt.lanes()).extracting(Gantt.Lane::name).containsExactly("model", "Grep");
        assertThat(gantt.lanes().get(0).bars()).extracting(Gantt.Bar::left).containsExactly("0.00%", "50.00%");
        assertThat(gantt.lanes().get(0).bars()).extracting(Gantt.Bar::width).containsExactly("20.00%", "50.00%");
        assertThat(gantt.lanes().get(0).took()).isEqualTo("1 m 10 s");
    }

    @Test
    void callsOfOneToolShareALane() {
        Gantt gantt = chart(
                started(1, 10, "Read", "t1"),
                ended(2, 20, "Read", "t1", false),
                started(3, 30, "Read", "t2"),
                ended(4, 60, "Read", "t2", false));
        assertThat(gantt.lanes()).hasSize(2);
        assertThat(gantt.lanes().get(1).bars()).hasSize(2);
        assertThat(gantt.lanes().get(1).took()).isEqualTo("40.0 s");
    }

    @Test
    void aFailedCallIsRedAndLeadsToItsLine() {
        Gantt.Bar bar = chart(started(1, 10, "Bash", "t1"), ended(2, 20, "Bash", "t1", true))
                .lanes()
                .get(1)
                .bars()
                .get(0);
        assertThat(bar.tone()).isEqualTo("failed");
        assertThat(bar.line()).isEqualTo("o2");
        assertThat(bar.text()).isEqualTo("Bash, failed after 10.0 s");
    }

    @Test
    void aCallWithoutAnEndRunsOn() {
        Gantt gantt = chart(started(1, 40, "Bash", "t1"));
        assertThat(gantt.lanes().get(1).bars().get(0).width()).isEqualTo("60.00%");
        assertThat(gantt.lanes().get(1).bars().get(0).text()).isEqualTo("Bash, running for 1 m 00 s");
    }

    @Test
    void aSubagentsToolsAreBelowTheCallThatMadeItAndTakeNoTimeFromTheModel() {
        Gantt gantt = chart(
                started(1, 10, "Task", "t1"),
                seen(2, 10, ObservationType.SUBAGENT_STARTED, "{\"agent_name\":\"scout\",\"tool_use_id\":\"t1\"}"),
                nested(3, 20, "Read", "t2", "t1"),
                ended(4, 30, "Read", "t2", false),
                ended(5, 90, "Task", "t1", false),
                started(6, 90, "Bash", "t3"));
        assertThat(gantt.lanes()).extracting(Gantt.Lane::name).containsExactly("model", "Task › scout", "Read", "Bash");
        assertThat(gantt.lanes()).extracting(Gantt.Lane::nested).containsExactly(false, false, true, false);
        assertThat(gantt.lanes().get(0).bars()).hasSize(1);
        assertThat(gantt.lanes().get(1).bars().get(0).tone()).isEqualTo("agent");
    }

    @Test
    void aCallThatClaimsToBeItsOwnParentIsShownOnce() {
        assertThat(chart(nested(1, 10, "Read", "t1", "t1")).lanes()).hasSize(2);
    }

    @Test
    void aBlinkIsStillSeenAndNeverLeavesTheAxis() {
        Gantt.Bar bar = chart(started(1, 100, "Read", "t1"), ended(2, 100, "Read", "t1", false))
                .lanes()
                .get(1)
                .bars()
                .get(0);
        assertThat(bar.left()).isEqualTo("99.20%");
        assertThat(bar.width()).isEqualTo("0.80%");
    }

    @Test
    void lanesBeyondTheLimitAreCounted() {
        List<Observation> many = new ArrayList<>();
        for (int i = 0; i < 30; i++) {
            many.add(started(i + 1, i, "Tool" + i, "t" + i));
        }
        Gantt gantt = Calls.chart(many, "model", "model", at(0), at(100));
        assertThat(gantt.lanes()).hasSize(Gantt.LANES_MAX);
        assertThat(gantt.more()).isEqualTo(7);
    }

    @Test
    void aPhaseThatHasTakenNoTimeHasNoPicture() {
        assertThat(Calls.chart(List.of(), "model", "model", at(0), at(0))).isEqualTo(Gantt.EMPTY);
        assertThat(Calls.chart(List.of(), "model", "model", null, at(0))).isEqualTo(Gantt.EMPTY);
    }

    @Test
    void aCommandHasNoModel() {
        Gantt gantt = Calls.chart(List.of(), "command", "tool", at(0), at(10));
        assertThat(gantt.lanes()).extracting(Gantt.Lane::name).containsExactly("command");
        assertThat(gantt.ticks()).containsExactly("0 s", "5.0 s", "10.0 s");
    }
}
