package io.fourfold.engine;

import io.fourfold.log.Append;
import io.fourfold.log.LogUnavailable;
import io.fourfold.log.Receipt;
import java.util.concurrent.locks.LockSupport;

/** An append on its way to a commit, with the thread that waits for the answer. */
final class WaitingAppend {

    private final Append append;
    private final Thread caller;
    private final long bytes;
    private Receipt receipt;
    private Throwable failure;
    private volatile boolean answered;

    WaitingAppend(Append append, Thread caller) {
        this.append = append;
        this.caller = caller;
        this.bytes = IngestLoop.bytes(append);
    }

    Append append() {
        return append;
    }

    long bytes() {
        return bytes;
    }

    boolean isAnswered() {
        return answered;
    }

    Thread caller() {
        return caller;
    }

    /** Does not wake the caller: one that has several appends in a group is woken once, by {@link #wake}. */
    void answer(Receipt given) {
        receipt = given;
        answered = true;
    }

    void fail(Throwable thrown) {
        if (!answered) {
            failure = thrown;
            answered = true;
        }
    }

    void wake() {
        LockSupport.unpark(caller);
    }

    Receipt answer() {
        switch (failure) {
            case null -> {
                return receipt;
            }
            case Error error -> throw error;
            case RuntimeException exception -> throw exception;
            case Throwable other -> throw new IllegalStateException(other);
        }
    }

    /** The answer in its place among others: a storage that is away is a refusal. */
    Receipt receipt() {
        return failure instanceof LogUnavailable away ? new Receipt.Refused(away.refusal()) : answer();
    }
}
