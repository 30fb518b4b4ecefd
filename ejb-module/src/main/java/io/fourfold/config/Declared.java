package io.fourfold.config;

import io.fourfold.log.EntryId;
import io.fourfold.log.Json;

/**
 * What is in force, and the record that says so.
 *
 * @param position the record's place in the log
 * @param body     as it was written
 */
public record Declared<R>(Identity identity, EntryId record, long position, Json body, R value) {

    public String name() {
        return identity.name();
    }

    public String namespace() {
        return identity.namespace();
    }

    /** Which of several is asked first; 0 where the topic knows no priority. */
    long priority() {
        return value instanceof Ranked ranked ? ranked.priority() : 0;
    }
}
