package io.fourfold.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.Entries;
import io.fourfold.kit.EntriesLog;
import io.fourfold.kit.Folded;
import io.fourfold.log.Act;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import io.fourfold.view.TaskRow;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TaskListTest {

    private final Entries entries = new Entries();

    private Entry say(String thread, String actor, Act act, String body) {
        return entries.add(new ThreadId(thread), new Did("did:x:" + actor), act, Json.parse(body.replace('\'', '"')));
    }

    private Entry say(String actor, Act act, String body) {
        return say("th_work", actor, act, body);
    }

    private Map<String, TaskRow> tasks() {
        return Folded.of(new TaskList(new EntriesLog(entries)), entries.all());
    }

    @Test
    void aTaskIsListedFromItsIntentOn() {
        Entry intent = say("alice", Act.INTEND, "{'task':true,'goal':'mend it','alias':'m','domain':'code'}");
        say("alice", Act.INTEND, "{'goal':'no task'}");
        TaskRow row = tasks().get(intent.id().hex());
        assertThat(tasks()).hasSize(1);
        assertThat(row.status).isEqualTo("inbox");
        assertThat(row.opener).isEqualTo("did:x:alice");
        assertThat(row.goal).isEqualTo("mend it");
        assertThat(row.domain).isEqualTo("code");
    }

    @Test
    void whatNamesItsClaimOrNothingMovesTheTaskThatIsMeant() {
        Entry first = say("alice", Act.INTEND, "{'task':true}");
        Entry second = say("alice", Act.INTEND, "{'task':true,'n':2}");
        say("dev", Act.DO, "{'topic':'task_started'}");
        Entry claim = say("dev", Act.KNOW, "{'fulfills':'" + first.id() + "'}");
        say("bob", Act.KNOW, "{'verdict':'accept','reviews':'" + claim.id() + "'}");
        TaskRow approved = tasks().get(first.id().hex());
        assertThat(approved.status).isEqualTo("approved");
        assertThat(approved.claim).isEqualTo(claim.id().hex());
        assertThat(approved.claimant).isEqualTo("did:x:dev");
        assertThat(tasks().get(second.id().hex()).status).isEqualTo("active");
    }

    @Test
    void aListThatMetNothingBeforeFindsTheTaskInTheLog() {
        Entry intent = say("alice", Act.INTEND, "{'task':true}");
        say("alice", Act.KNOW, "{'note':'by the way'}");
        Entry cancelled = say("alice", Act.DO, "{'cancels':'" + intent.id() + "','reason':'no need'}");
        TaskList fresh = new TaskList(new EntriesLog(entries));
        assertThat(fresh.keys(cancelled)).containsExactly(intent.id().hex());
        TaskRow row = fresh.fold(intent.id().hex(), null, cancelled);
        assertThat(row.status).isEqualTo("cancelled");
        assertThat(row.reason).isEqualTo("no need");
    }

    @Test
    void otherThreadsHaveNoTasks() {
        say("th_talk", "alice", Act.INTEND, "{'goal':'talk'}");
        say("th_talk", "bob", Act.KNOW, "{'fulfills':'" + "0".repeat(64) + "'}");
        say("th_execution.x", "bob", Act.KNOW, "{'kind':'execution.failed.v1','reviews':'x'}");
        assertThat(tasks()).isEmpty();
    }
}
