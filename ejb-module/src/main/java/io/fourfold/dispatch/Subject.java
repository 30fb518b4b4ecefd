package io.fourfold.dispatch;

import io.fourfold.log.Entry;

/** The record that a dispatch is about. */
public record Subject(String record, String thread, String namespace, String goal, String domain) {

    static final String DOMAIN = "general";

    public static Subject of(Entry entry) {
        return new Subject(
                entry.id().hex(),
                entry.thread().value(),
                entry.namespace(),
                entry.body().text("goal").orElse(null),
                entry.body().text("domain").orElse(DOMAIN));
    }
}
