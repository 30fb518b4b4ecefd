package io.fourfold.web;

import io.fourfold.log.Refusal;
import io.fourfold.orchestration.execution.ExecutionCommand;
import io.fourfold.orchestration.execution.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** What may be asked of many executions at once, and of which it makes sense. */
enum BulkVerb {
    PAUSE(Status.RUNNING),
    RESUME(Status.PAUSED),
    CANCEL(Status.NOT_STARTED, Status.RUNNING, Status.PAUSED),
    INTERRUPT(Status.RUNNING, Status.PAUSED),
    RETRY(Status.FAILED, Status.INTERRUPTED);

    private final List<Status> from;

    BulkVerb(Status... from) {
        this.from = List.of(from);
    }

    /** Those it is meant for where nobody says which. */
    List<String> statuses() {
        return from.stream().map(Status::wire).toList();
    }

    /** Whether more happens after it, not less. */
    boolean begins() {
        return this == RESUME || this == RETRY;
    }

    /** @param reason may be null, and is where the verb takes none; as {@code force}, which only a cancel takes */
    ExecutionCommand of(String id, String reason, boolean force) {
        String why = reason == null ? name().toLowerCase(Locale.ROOT) + " of many by a person" : reason;
        return switch (this) {
            case PAUSE -> new ExecutionCommand.RequestPause(id, why);
            case RESUME -> new ExecutionCommand.Resume(id);
            case CANCEL -> new ExecutionCommand.Cancel(id, why, force);
            case INTERRUPT -> new ExecutionCommand.Interrupt(id, why);
            case RETRY -> new ExecutionCommand.Retry(id);
        };
    }

    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    static BulkVerb of(String given) {
        return Arrays.stream(values())
                .filter(verb -> verb.wire().equals(given))
                .findFirst()
                .orElseThrow(() -> new Refused(
                        Refusal.Code.INVALID_INPUT,
                        "verb: expected one of "
                                + Arrays.stream(values()).map(BulkVerb::wire).toList() + ", but was " + given));
    }
}
