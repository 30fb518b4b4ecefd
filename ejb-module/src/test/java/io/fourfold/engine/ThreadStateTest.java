package io.fourfold.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.Entries;
import io.fourfold.kit.Folded;
import io.fourfold.log.Act;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import io.fourfold.view.ThreadRow;
import org.junit.jupiter.api.Test;

class ThreadStateTest {

    private static final ThreadId THREAD = new ThreadId("th_work");

    private final Entries entries = new Entries();

    private Entry say(Act act, String body) {
        return entries.add(THREAD, act, Json.parse(body));
    }

    private ThreadRow row() {
        return Folded.of(new ThreadState(), entries.all()).get(THREAD.value());
    }

    @Test
    void aThreadWithoutAnIntentIsNeitherOpenNorClosed() {
        say(Act.KNOW, "{}");
        assertThat(row().status).isEqualTo("none");
    }

    @Test
    void anIntentOpensItAndNamesItsOpener() {
        Entry intent = say(Act.INTEND, "{\"goal\":\"x\",\"namespace\":\"acme\"}");
        assertThat(row().status).isEqualTo("open");
        assertThat(row().intent).isEqualTo(intent.id().hex());
        assertThat(row().opener).isEqualTo(Entries.ALICE.value());
        assertThat(row().namespace).isEqualTo("acme");
    }

    @Test
    void knowledgeThatFulfillsTheIntentClosesIt() {
        String intent = say(Act.INTEND, "{}").id().hex();
        say(Act.KNOW, "{\"fulfills\":\"" + intent + "\"}");
        assertThat(row().status).isEqualTo("closed");
        assertThat(row().records).isEqualTo(2);
        assertThat(row().lastAt).isAfter(row().firstAt);
    }

    @Test
    void aDeedThatCancelsTheIntentCancelsIt() {
        String intent = say(Act.INTEND, "{}").id().hex();
        say(Act.DO, "{\"cancels\":\"" + intent + "\"}");
        assertThat(row().status).isEqualTo("cancelled");
    }

    @Test
    void anAnswerToSomethingElseOrOfTheWrongKindChangesNothing() {
        String intent = say(Act.INTEND, "{}").id().hex();
        say(Act.KNOW, "{\"fulfills\":\"" + "0".repeat(64) + "\"}");
        say(Act.LEARN, "{\"fulfills\":\"" + intent + "\"}");
        say(Act.KNOW, "{\"cancels\":\"" + intent + "\"}");
        say(Act.KNOW, "{\"fulfills\":7}");
        assertThat(row().status).isEqualTo("open");
    }

    @Test
    void aNewIntentOpensAClosedThreadAgain() {
        String intent = say(Act.INTEND, "{}").id().hex();
        say(Act.KNOW, "{\"fulfills\":\"" + intent + "\"}");
        Entry again = say(Act.INTEND, "{\"goal\":\"more\"}");
        assertThat(row().status).isEqualTo("open");
        assertThat(row().intent).isEqualTo(again.id().hex());
    }
}
