package io.fourfold.orchestration.workflow;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the schema knows and the runner does not carry out. Nothing is accepted and ignored, so it is refused here; who
 * teaches the runner takes the row out.
 */
record NotCarriedOut(boolean ofPhase, String field, Predicate<JsonNode> asked) {

    static final List<NotCarriedOut> NOT_CARRIED_OUT = List.of(new NotCarriedOut(false, "egress", written -> true));

    /** The words for its author, when a group of fields asks for this. */
    Optional<String> refusal(JsonNode group) {
        return Optional.ofNullable(group.get(field))
                .filter(asked)
                .map(written -> "expected only what this version carries out, but "
                        + (written.isTextual() ? field + ": " + Shown.text(written.textValue()) : field)
                        + " is not carried out yet");
    }
}
