package io.fourfold.log;

import java.time.Instant;

/**
 * A record as stored.
 *
 * @param position   its place in the log, from 1, in the order of commits
 * @param version    its place in its thread, from 0, without gaps
 * @param namespace  the namespace it was filed under, {@value #DEFAULT_NAMESPACE} when the body names none
 * @param recordedAt when the log took it, UTC, microseconds
 */
public record Entry(long position, long version, EntryId id, Draft draft, String namespace, Instant recordedAt) {

    /** The namespace of records that name none; always active. */
    public static final String DEFAULT_NAMESPACE = "default";

    /** The {@code kind} of the body, or an empty string. */
    public String kind() {
        return draft.body().kind();
    }

    public ThreadId thread() {
        return draft.thread();
    }

    public Json body() {
        return draft.body();
    }
}
