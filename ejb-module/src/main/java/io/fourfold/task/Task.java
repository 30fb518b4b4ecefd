package io.fourfold.task;

import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A task as it stands.
 *
 * @param intent   the record that asked for it; its id is the task's
 * @param claim    the record that claims it is done, while it is in review or judged; else null
 * @param claimant who wrote the claim, or null
 * @param reason   why it is blocked, deferred, failed, cancelled, rejected or reopened, or null
 * @param since    when it came to this status
 */
public record Task(Entry intent, TaskStatus status, EntryId claim, Did claimant, String reason, Instant since) {

    static Task asked(Entry intent) {
        return new Task(intent, TaskStatus.INBOX, null, null, null, intent.recordedAt());
    }

    public EntryId id() {
        return intent.id();
    }

    Task moved(TaskStatus to, Entry by) {
        String why = by.body()
                .text("reason")
                .or(() -> by.body().text("failure_reason"))
                .orElse(null);
        return switch (to) {
            case REVIEW -> new Task(intent, to, by.id(), by.draft().actor(), null, by.recordedAt());
            case APPROVED, REJECTED -> new Task(intent, to, claim, claimant, why, by.recordedAt());
            case INBOX, ACTIVE, FAILED, BLOCKED, DEFERRED, CANCELLED, REOPENED ->
                new Task(intent, to, null, null, why, by.recordedAt());
        };
    }

    /** Whether a record that names such an id means this task. */
    boolean isMeantBy(String named) {
        return named.equals(intent.id().hex()) || claim != null && named.equals(claim.hex());
    }

    /** As expressions see it; what is not known is not there. */
    public Map<String, Object> variables() {
        Map<String, Object> variables = new LinkedHashMap<>();
        variables.put("id", id().hex());
        variables.put("thread", intent.thread().value());
        variables.put("namespace", intent.namespace());
        variables.put("opener", intent.draft().actor().value());
        variables.put("domain", intent.body().text("domain").orElse("general"));
        variables.put("status", status.wire());
        variables.put("opened_at", intent.recordedAt());
        variables.put("since", since);
        intent.body().text("goal").ifPresent(goal -> variables.put("goal", goal));
        intent.body().text("alias").ifPresent(alias -> variables.put("alias", alias));
        if (claim != null) {
            variables.put("claim", claim.hex());
            variables.put("claimant", claimant.value());
        }
        if (reason != null) {
            variables.put("reason", reason);
        }
        return variables;
    }
}
