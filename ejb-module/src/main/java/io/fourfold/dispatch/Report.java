package io.fourfold.dispatch;

/** What an adapter says when it comes back. */
public sealed interface Report {

    /** It is over. */
    record Finished(Result result) implements Report {}

    /**
     * It goes on without this thread, and its end will be told; {@code executionId} is null where it is no execution.
     */
    record HandedOver(String executionId) implements Report {}

    /** It failed for now; another try may do. */
    record Transient(String reason) implements Report {}

    static Report done() {
        return new Finished(Result.done());
    }

    static Report failed(String reason) {
        return new Finished(Result.failed(reason));
    }
}
