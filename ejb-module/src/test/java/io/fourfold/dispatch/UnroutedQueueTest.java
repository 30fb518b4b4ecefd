package io.fourfold.dispatch;

import static io.fourfold.kit.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.Entries;
import io.fourfold.kit.Folded;
import io.fourfold.log.ThreadId;
import io.fourfold.routing.RoutingTrace;
import io.fourfold.view.UnroutedRow;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnroutedQueueTest {

    private static final Subject SUBJECT = new Subject("ab".repeat(32), "th_a", "acme", "mend it", "code");

    private final Entries entries = new Entries();

    private Map<String, UnroutedRow> after(DispatchEvent event) {
        entries.event(DispatchEvent.CODEC, ThreadId.of("dispatch", "d"), event);
        return Folded.of(new UnroutedQueue(), entries.all());
    }

    private static DispatchEvent routed(String dispatch) {
        return new DispatchEvent.Routed(
                "d",
                SUBJECT,
                new RoutingTrace(SUBJECT.record(), null, "default", null, null, null, dispatch, 1, List.of()),
                NOW);
    }

    @Test
    void whatNobodyWasFoundForWaitsUntilItIsAnswered() {
        UnroutedRow row = after(routed(null)).get("d");
        assertThat(row.namespace).isEqualTo("acme");
        assertThat(row.goal).isEqualTo("mend it");
        assertThat(row.record).isEqualTo(SUBJECT.record());
        DispatchEvent answered =
                new DispatchEvent.Completed("d", SUBJECT, Result.failed("nobody"), null, null, false, 5, NOW);
        assertThat(after(answered)).isEmpty();
    }

    @Test
    void whatIsDispatchedDoesNotWaitForPeople() {
        assertThat(after(routed("d"))).isEmpty();
    }
}
