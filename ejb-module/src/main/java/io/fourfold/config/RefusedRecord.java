package io.fourfold.config;

import io.fourfold.log.EntryId;

/** A record that changed nothing, and why; listed until a later one about the same is valid. */
public record RefusedRecord(Identity identity, EntryId record, long position, String reason) {}
