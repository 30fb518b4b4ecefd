package io.fourfold.task;

import static io.fourfold.log.Act.DO;
import static io.fourfold.log.Act.KNOW;
import static io.fourfold.task.TaskStatus.ACTIVE;
import static io.fourfold.task.TaskStatus.APPROVED;
import static io.fourfold.task.TaskStatus.BLOCKED;
import static io.fourfold.task.TaskStatus.CANCELLED;
import static io.fourfold.task.TaskStatus.DEFERRED;
import static io.fourfold.task.TaskStatus.FAILED;
import static io.fourfold.task.TaskStatus.OPEN;
import static io.fourfold.task.TaskStatus.OPEN_OR_REVIEW;
import static io.fourfold.task.TaskStatus.REJECTED;
import static io.fourfold.task.TaskStatus.REOPENED;
import static io.fourfold.task.TaskStatus.REVIEW;

import io.fourfold.log.Entry;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiPredicate;

/** How a record moves a task: the first row that is about such a record decides, and it may be no move from here. */
record Move(BiPredicate<Task, Entry> isAbout, Set<TaskStatus> from, TaskStatus to) {

    /** A verdict goes first: it may name by {@code fulfills} what it judges, and is no claim for that. */
    private static final List<Move> IN_ORDER = List.of(
            new Move((task, by) -> isVerdict(task, by, "accept"), Set.of(REVIEW), APPROVED),
            new Move((task, by) -> isVerdict(task, by, "reject"), Set.of(REVIEW), REJECTED),
            new Move((task, by) -> isTopic(by, "task_reopened"), Set.of(CANCELLED, FAILED, REJECTED), REOPENED),
            new Move((task, by) -> isTopic(by, "task_blocked") && hasReason(by), OPEN, BLOCKED),
            new Move((task, by) -> isTopic(by, "task_deferred") && hasReason(by), OPEN, DEFERRED),
            new Move(Move::isFailure, OPEN_OR_REVIEW, FAILED),
            new Move((task, by) -> isClaim(by), OPEN, REVIEW),
            new Move((task, by) -> by.draft().act() == DO && has(by, "cancels"), OPEN_OR_REVIEW, CANCELLED),
            new Move((task, by) -> by.draft().act() == DO && isTopic(by, "task_started"), OPEN, ACTIVE));

    static Optional<TaskStatus> of(Task task, Entry by) {
        return IN_ORDER.stream()
                .filter(move -> move.isAbout().test(task, by))
                .findFirst()
                .filter(move -> move.from().contains(task.status()))
                .map(Move::to);
    }

    /** Of somebody else: a claimant's own verdict leaves his claim in review. */
    private static boolean isVerdict(Task task, Entry by, String verdict) {
        return by.draft().act() == KNOW
                && by.body().text("verdict").map(verdict::equals).orElse(false)
                && !by.draft().actor().equals(task.claimant());
    }

    private static boolean isFailure(Task task, Entry by) {
        return isTopic(by, "task_failed")
                || isClaim(by)
                        && by.body()
                                .field("success")
                                .map(s -> s.isBoolean() && !s.booleanValue())
                                .orElse(false);
    }

    private static boolean isClaim(Entry by) {
        return by.draft().act() == KNOW
                && !has(by, "verdict")
                && (has(by, "fulfills") || isTopic(by, "task_done_claim"));
    }

    private static boolean isTopic(Entry by, String topic) {
        return by.body().text("topic").map(topic::equals).orElse(false);
    }

    private static boolean hasReason(Entry by) {
        return by.body().text("reason").map(reason -> !reason.isBlank()).orElse(false);
    }

    private static boolean has(Entry by, String field) {
        return by.body().text(field).isPresent();
    }
}
