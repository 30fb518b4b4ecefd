package io.fourfold.decision;

import com.fasterxml.jackson.databind.JsonNode;

/** What somebody says to a decision. */
public sealed interface Verdict {

    /** Why, in words, or null. */
    String reason();

    /** {@code edit} sets fields of what is proposed; null for none. */
    record Approve(JsonNode edit, String reason) implements Verdict {}

    record Reject(String reason) implements Verdict {}
}
