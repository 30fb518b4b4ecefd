package io.fourfold.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.dispatch.Adapter;
import io.fourfold.dispatch.Brief;
import io.fourfold.dispatch.Report;
import io.fourfold.log.Act;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.routing.Cascade;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What RECONCILE makes of records that only a model has something to say about. */
class IntelligenceStepTest {

    private final Scene scene = new Scene();
    private final List<EntryId> asked = new ArrayList<>();

    private void model(boolean success) {
        scene.engine.put(Cascade.INTELLIGENCE, answers(success));
        scene.intelligence = true;
        scene.restart();
    }

    private Adapter answers(boolean success) {
        return new Adapter() {
            @Override
            public String family() {
                return "intelligence";
            }

            @Override
            public boolean repeatable() {
                return true;
            }

            @Override
            public Report perform(Brief brief) {
                asked.add(brief.record().id());
                return success ? Report.done() : Report.failed("nothing came of it");
            }
        };
    }

    /** The thread of the record stays open: that a rule is proposed does not do what was asked for. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aProposalFulfillsItsOwnIntentAndNotTheRecord(boolean success) {
        model(success);
        Entry intent = scene.say(Act.INTEND, "{\"goal\":\"something new\"}");
        scene.settle();
        assertThat(asked).containsExactly(intent.id());
        assertThat(scene.answers(intent)).singleElement().satisfies(answer -> {
            assertThat(answer.body().tree().get("success").asBoolean()).isEqualTo(success);
            EntryId fulfilled = new EntryId(answer.body().text("fulfills").orElseThrow());
            assertThat(fulfilled).isNotEqualTo(intent.id());
            Entry own = scene.log.find(fulfilled).orElseThrow();
            assertThat(own.draft().parents()).containsExactly(intent.id());
        });
    }

    @Test
    void onlyRecordsOfUsersAreSentThere() {
        model(true);
        scene.say(Scene.WORK, new Did("did:fourfold:agent:x"), Act.INTEND, "{\"goal\":\"something new\"}");
        scene.settle();
        assertThat(asked).isEmpty();
    }

    @Test
    void withoutAModelNothingIsSentThere() {
        Entry intent = scene.say(Act.INTEND, "{\"goal\":\"something new\"}");
        scene.settle();
        assertThat(scene.answers(intent)).isEmpty();
    }
}
