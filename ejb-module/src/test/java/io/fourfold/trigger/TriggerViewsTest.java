package io.fourfold.trigger;

import static io.fourfold.kit.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.config.EngineConfig;
import io.fourfold.expression.Expressions;
import io.fourfold.kit.Entries;
import io.fourfold.kit.Folded;
import io.fourfold.log.Act;
import io.fourfold.log.Json;
import io.fourfold.view.TriggerEventRow;
import io.fourfold.view.TriggerRow;
import java.math.BigDecimal;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TriggerViewsTest {

    private static final String EVENT = "ab".repeat(32);
    private static final Expressions EXPRESSIONS = new Expressions();

    private final Entries entries = new Entries();

    private void config(String fields) {
        entries.add(
                EngineConfig.THREAD,
                Act.LEARN,
                Json.parse(("{'topic':'trigger','name':'t'," + fields + "}").replace('\'', '"')));
    }

    private void defined() {
        config("'source':'record','workflow':'fix','expression':'has(record.body.alert)'");
    }

    private void happened(FiringEvent event) {
        entries.event(FiringEvent.CODEC, TriggerFirings.threadOf("t"), event);
    }

    private void ranTwice() {
        happened(new FiringEvent.Fired("t", EVENT, null, 5, "th_a", 1, "def", "exec-1", NOW));
        happened(new FiringEvent.Blocked("t", EVENT, null, 6, "th_a", "cooldown", "too soon", null, NOW));
        happened(new FiringEvent.Ended("t", "exec-1", "failed", new BigDecimal("0.5"), "no", 4, NOW));
        happened(new FiringEvent.Fired("t", EVENT, null, 7, "th_a", 1, "def", "exec-2", NOW.plusSeconds(9)));
    }

    private TriggerRow row() {
        return Folded.of(new TriggerList(EXPRESSIONS), entries.all()).get("t");
    }

    private Map<String, TriggerEventRow> history() {
        return Folded.of(new TriggerPast(), entries.all());
    }

    @Test
    void aTriggerIsListedWithItsDefinitionAndWhatItHasDone() {
        defined();
        ranTwice();
        TriggerRow row = row();
        assertThat(row.status).isEqualTo("active");
        assertThat(row.source).isEqualTo("record");
        assertThat(row.workflow).isEqualTo("fix");
        assertThat(row.fired).isEqualTo(2);
        assertThat(row.blocked).isEqualTo(1);
        assertThat(row.failed).isEqualTo(1);
        assertThat(row.costUsd).isEqualByComparingTo("0.5");
        assertThat(row.lastExecution).isEqualTo("exec-2");
        assertThat(row.createdBy).isEqualTo(Entries.ALICE.value());
    }

    @Test
    void whatIsNotValidChangesNothing() {
        config("'source':'record','workflow':'fix','expression':'nonsense('");
        assertThat(row()).isNull();
        defined();
        config("'source':'record','workflow':'other','colour':'red','expression':'true'");
        assertThat(row().workflow).isEqualTo("fix");
    }

    @Test
    void aRemovedTriggerStaysListedAsRemovedUntilItIsDefinedAgain() {
        defined();
        ranTwice();
        config("'removed':true");
        assertThat(row().status).isEqualTo("removed");
        assertThat(row().fired).isEqualTo(2);
        config("'source':'github','event':'push','repository':'octo/*','workflow':'fix'");
        assertThat(row().status).isEqualTo("active");
        assertThat(row().event).isEqualTo("push");
        assertThat(row().repository).isEqualTo("octo/*");
    }

    @Test
    void aPausedTriggerSaysWhy() {
        defined();
        happened(new FiringEvent.Paused("t", "budget", NOW));
        assertThat(row().status).isEqualTo("paused");
        assertThat(row().pausedReason).isEqualTo("budget");
        happened(new FiringEvent.Resumed("t", NOW));
        assertThat(row().status).isEqualTo("active");
    }

    @Test
    void howAFiringEndedStandsInItsOwnRow() {
        ranTwice();
        assertThat(history()).hasSize(3);
        TriggerEventRow first = history().get("t/exec-1");
        assertThat(first.status).isEqualTo("failed");
        assertThat(first.costUsd).isEqualByComparingTo("0.5");
        assertThat(first.endedAt).isEqualTo(NOW);
        assertThat(history().get("t/exec-2").status).isEqualTo("fired");
        TriggerEventRow blocked = history().get("t/1");
        assertThat(blocked.guard).isEqualTo("cooldown");
        assertThat(blocked.reason).isEqualTo("too soon");
    }
}
