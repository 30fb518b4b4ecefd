package io.fourfold.session;

import static io.fourfold.kit.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.Entries;
import io.fourfold.kit.Folded;
import io.fourfold.log.ThreadId;
import io.fourfold.orchestration.execution.Samples;
import io.fourfold.view.SessionRow;
import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class SessionListTest {

    private static SessionRow row(Session.Event... events) {
        Entries entries = new Entries();
        for (Session.Event event : events) {
            entries.event(Session.Event.CODEC, ThreadId.of("session", "s"), event);
        }
        return Folded.of(new SessionList(), entries.all()).get("s");
    }

    @Test
    void aSessionThatRunsShowsWhatItIsFor() {
        SessionRow row = row(SessionTest.STARTED);
        assertThat(row.status).isEqualTo("running");
        assertThat(row.executionId).isEqualTo("exec-1");
        assertThat(row.phaseName).isEqualTo("One");
        assertThat(row.provider).isEqualTo("command");
        assertThat(row.repos).containsExactly("https://x/y");
        assertThat(row.completedAt).isNull();
    }

    @Test
    void aCompletedSessionShowsWhatItUsed() {
        SessionRow row = row(SessionTest.STARTED, SessionTest.COMPLETED);
        assertThat(row.status).isEqualTo("completed");
        assertThat(row.totalTokens()).isEqualTo(127);
        assertThat(row.costUsd).isEqualByComparingTo("1.5");
        assertThat(row.costByModel).containsEntry("claude-haiku-4-5", "1.5");
        assertThat(row.model).isEqualTo("claude-haiku-4-5");
        assertThat(row.conversationSha256).isEqualTo(Samples.SHA);
        assertThat(row.errorMessage).isNull();
    }

    @Test
    void aFailedSessionShowsItsLastWordsAndTheProvidersFigure() {
        SessionRow row = row(
                SessionTest.STARTED,
                new Session.Event.Completed("s", Samples.result(false, "1"), null, new BigDecimal("1.2"), 3, NOW));
        assertThat(row.status).isEqualTo("failed");
        assertThat(row.errorMessage).isEqualTo("last words");
        assertThat(row.providerCostUsd).isEqualByComparingTo("1.2");
    }
}
