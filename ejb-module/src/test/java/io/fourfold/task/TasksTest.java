package io.fourfold.task;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.Act;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.RecordHash;
import io.fourfold.log.ThreadId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class TasksTest {

    private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");

    private final List<Entry> entries = new ArrayList<>();
    private Tasks tasks = Tasks.NONE;

    private Entry say(String actor, Act act, String body) {
        int number = entries.size();
        Draft draft = Draft.of(
                        new ThreadId("th_work"), new Did("did:x:" + actor), act, Json.parse(body.replace('\'', '"')))
                .withClock(number);
        Entry entry = new Entry(number + 1, number, RecordHash.id(draft), draft, "default", START.plusSeconds(number));
        entries.add(entry);
        tasks = tasks.fold(entry);
        return entry;
    }

    private Entry intent() {
        return say("alice", Act.INTEND, "{'task':true,'goal':'mend it'}");
    }

    private Task task() {
        return tasks.latest().orElseThrow();
    }

    private TaskStatus status() {
        return task().status();
    }

    /** Leads a new task to a status. */
    private Entry at(TaskStatus status) {
        Entry intent = intent();
        String id = intent.id().hex();
        switch (status) {
            case INBOX -> {}
            case ACTIVE -> start();
            case REVIEW -> claim(id);
            case APPROVED -> {
                claim(id);
                say("bob", Act.KNOW, "{'verdict':'accept'}");
            }
            case REJECTED -> {
                claim(id);
                say("bob", Act.KNOW, "{'verdict':'reject','reason':'not enough'}");
            }
            case FAILED -> fail(id);
            case BLOCKED -> say("dev", Act.DO, "{'topic':'task_blocked','reason':'no key'}");
            case DEFERRED -> say("dev", Act.DO, "{'topic':'task_deferred','reason':'later'}");
            case CANCELLED -> cancel(id);
            case REOPENED -> {
                cancel(id);
                reopen();
            }
        }
        assertThat(status()).isEqualTo(status);
        return intent;
    }

    private void start() {
        say("dev", Act.DO, "{'topic':'task_started'}");
    }

    private Entry claim(String intent) {
        return say("dev", Act.KNOW, "{'fulfills':'" + intent + "'}");
    }

    private void fail(String intent) {
        say("dev", Act.KNOW, "{'fulfills':'" + intent + "','success':false,'failure_reason':'no luck'}");
    }

    private void cancel(String intent) {
        say("alice", Act.DO, "{'cancels':'" + intent + "'}");
    }

    private void reopen() {
        say("alice", Act.DO, "{'topic':'task_reopened','reason':'once more'}");
    }

    /** One column for each record: what the status is after it. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            from      | start     | claim     | accept    | reject    | fail      | block     | defer     | cancel    | reopen
            INBOX     | ACTIVE    | REVIEW    | INBOX     | INBOX     | FAILED    | BLOCKED   | DEFERRED  | CANCELLED | INBOX
            ACTIVE    | ACTIVE    | REVIEW    | ACTIVE    | ACTIVE    | FAILED    | BLOCKED   | DEFERRED  | CANCELLED | ACTIVE
            REVIEW    | REVIEW    | REVIEW    | APPROVED  | REJECTED  | FAILED    | REVIEW    | REVIEW    | CANCELLED | REVIEW
            APPROVED  | APPROVED  | APPROVED  | APPROVED  | APPROVED  | APPROVED  | APPROVED  | APPROVED  | APPROVED  | APPROVED
            REJECTED  | ACTIVE    | REVIEW    | REJECTED  | REJECTED  | FAILED    | BLOCKED   | DEFERRED  | CANCELLED | REOPENED
            FAILED    | FAILED    | FAILED    | FAILED    | FAILED    | FAILED    | FAILED    | FAILED    | FAILED    | REOPENED
            BLOCKED   | ACTIVE    | REVIEW    | BLOCKED   | BLOCKED   | FAILED    | BLOCKED   | DEFERRED  | CANCELLED | BLOCKED
            DEFERRED  | ACTIVE    | REVIEW    | DEFERRED  | DEFERRED  | FAILED    | BLOCKED   | DEFERRED  | CANCELLED | DEFERRED
            CANCELLED | CANCELLED | CANCELLED | CANCELLED | CANCELLED | CANCELLED | CANCELLED | CANCELLED | CANCELLED | REOPENED
            REOPENED  | ACTIVE    | REVIEW    | REOPENED  | REOPENED  | FAILED    | BLOCKED   | DEFERRED  | CANCELLED | REOPENED
            """, useHeadersInDisplayName = true)
    void everyRecordMovesEveryStatusAsTheTableSays(
            TaskStatus from,
            TaskStatus start,
            TaskStatus claim,
            TaskStatus accept,
            TaskStatus reject,
            TaskStatus fail,
            TaskStatus block,
            TaskStatus defer,
            TaskStatus cancel,
            TaskStatus reopen) {
        Map<String, TaskStatus> expected = Map.of(
                "{'topic':'task_started'}", start,
                "{'fulfills':'ID'}", claim,
                "{'verdict':'accept','reviews':'ID'}", accept,
                "{'verdict':'reject'}", reject,
                "{'fulfills':'ID','success':false}", fail,
                "{'topic':'task_blocked','reason':'why'}", block,
                "{'topic':'task_deferred','reason':'why'}", defer,
                "{'cancels':'ID'}", cancel,
                "{'topic':'task_reopened','reason':'why'}", reopen);
        expected.forEach((body, to) -> {
            String id = at(from).id().hex();
            boolean know = body.contains("fulfills") || body.contains("verdict");
            say("eve", know ? Act.KNOW : Act.DO, body.replace("ID", id));
            assertThat(status()).as(from + " after " + body).isEqualTo(to);
        });
    }

    @Test
    void theClaimantsOwnVerdictLeavesItInReview() {
        String id = at(TaskStatus.REVIEW).id().hex();
        say("dev", Act.KNOW, "{'verdict':'accept','fulfills':'" + id + "'}");
        assertThat(status()).isEqualTo(TaskStatus.REVIEW);
        say("bob", Act.KNOW, "{'verdict':'accept','fulfills':'" + id + "'}");
        assertThat(status()).isEqualTo(TaskStatus.APPROVED);
    }

    @Test
    void aSecondClaimInReviewIsNoMoveAndTheFirstClaimantStays() {
        String id = at(TaskStatus.REVIEW).id().hex();
        say("eve", Act.KNOW, "{'fulfills':'" + id + "'}");
        assertThat(task().claimant()).isEqualTo(new Did("did:x:dev"));
        say("eve", Act.KNOW, "{'verdict':'accept'}");
        assertThat(status()).isEqualTo(TaskStatus.APPROVED);
    }

    @ParameterizedTest
    @CsvSource({"task_blocked, ''", "task_blocked, ' '", "task_deferred, ''"})
    void whoBlocksOrDefersMustSayWhy(String topic, String reason) {
        at(TaskStatus.ACTIVE);
        say("dev", Act.DO, "{'topic':'" + topic + "','reason':'" + reason + "'}");
        say("dev", Act.DO, "{'topic':'" + topic + "'}");
        assertThat(status()).isEqualTo(TaskStatus.ACTIVE);
    }

    @Test
    void aClaimMayBeATopicOnly() {
        at(TaskStatus.ACTIVE);
        say("dev", Act.KNOW, "{'topic':'task_done_claim'}");
        assertThat(status()).isEqualTo(TaskStatus.REVIEW);
    }

    @Test
    void aVerdictMayNameTheClaim() {
        String id = intent().id().hex();
        String claim = claim(id).id().hex();
        Entry other = intent();
        say("bob", Act.KNOW, "{'verdict':'accept','reviews':'" + claim + "'}");
        assertThat(tasks.all().map(Task::status)).containsExactly(TaskStatus.APPROVED, TaskStatus.INBOX);
        assertThat(tasks.of(other.id())).get().extracting(Task::status).isEqualTo(TaskStatus.INBOX);
    }

    @Test
    void aRecordThatNamesAnotherThreadsTaskMovesNone() {
        intent();
        say("dev", Act.KNOW, "{'fulfills':'" + "ab".repeat(32) + "'}");
        assertThat(status()).isEqualTo(TaskStatus.INBOX);
    }

    @Test
    void anIntentThatIsNoTaskIsNone() {
        say("alice", Act.INTEND, "{'goal':'x'}");
        say("alice", Act.INTEND, "{'goal':'x','task':'text'}");
        say("dev", Act.DO, "{'topic':'task_started'}");
        assertThat(tasks.all()).isEmpty();
    }

    @Test
    void whatExpressionsSee() {
        Entry intent = at(TaskStatus.REJECTED);
        assertThat(task().variables())
                .containsEntry("id", intent.id().hex())
                .containsEntry("status", "rejected")
                .containsEntry("goal", "mend it")
                .containsEntry("domain", "general")
                .containsEntry("opener", "did:x:alice")
                .containsEntry("claimant", "did:x:dev")
                .containsEntry("reason", "not enough")
                .containsEntry("since", START.plusSeconds(2))
                .doesNotContainValue(null);
    }

    @ParameterizedTest
    @EnumSource(TaskStatus.class)
    void wireNamesAreInLowerCase(TaskStatus status) {
        assertThat(status.wire()).matches("[a-z]+");
    }
}
