package io.fourfold.orchestration.execution;

import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.orchestration.workflow.Concurrency;
import io.fourfold.orchestration.workflow.Repositories.Repo;
import io.fourfold.queue.Tags;
import io.fourfold.session.Reason;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What an execution waits in line with, pinned when it is started.
 *
 * @param namespace where it is done
 * @param tags      what it belongs to: a freeze or a pause of the intake that names one of them holds it up
 * @param key       of which at most {@code limit} run at once; null for no such limit
 * @param limit     null without a key
 * @param behavior  what becomes of it where the key is held; null without a key
 */
public record Ticket(String namespace, List<String> tags, String key, Integer limit, Concurrency.Behavior behavior) {

    public Ticket {
        tags = List.copyOf(tags);
    }

    /** Without a limit of its own. */
    static Ticket of(String namespace, String workflowId, Did actor, List<Repo> repos) {
        List<String> tags = new ArrayList<>(Tags.within(namespace));
        tags.add(Tags.workflow(workflowId));
        tags.addAll(Tags.startedBy(actor));
        repos.stream().map(repo -> Tags.repositoryAt(repo.url())).distinct().forEach(tags::add);
        return new Ticket(namespace, tags, null, null, null);
    }

    /** Of executions that were queued before there were tickets. */
    static Ticket plain() {
        return new Ticket(Entry.DEFAULT_NAMESPACE, Tags.within(Entry.DEFAULT_NAMESPACE), null, null, null);
    }

    Ticket with(Concurrency concurrency, String filledKey) {
        return new Ticket(namespace, tags, filledKey, concurrency.limit(), concurrency.behavior());
    }

    /** Empty for those that have no key: they are in no line of their own. */
    String lane() {
        return key == null ? "" : key;
    }

    /** How an execution ends that comes while its key is held, and may not wait. */
    ExecutionEvent turnedAway(String executionId, String why, Instant now) {
        return switch (behavior) {
            case FAIL -> new ExecutionEvent.Failed(executionId, null, Reason.CONCURRENCY, null, why, List.of(), now);
            case CANCEL, QUEUE, REPLACE -> new ExecutionEvent.Cancelled(executionId, List.of(), why, now);
        };
    }
}
