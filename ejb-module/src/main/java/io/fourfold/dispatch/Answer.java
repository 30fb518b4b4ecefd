package io.fourfold.dispatch;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.kit.Wire;
import java.math.BigDecimal;

/** A result as others write it: {@code {success, failure_reason, cost_usd, tokens_in, tokens_out}}, each optional. */
final class Answer {

    private static final String COST = "\\d{1,12}(\\.\\d{1,12})?";

    private Answer() {}

    /** Success where nothing says otherwise; what cannot be read is a failure that says so. */
    static Result of(String text) {
        String trimmed = text == null ? "" : text.strip();
        if (!trimmed.startsWith("{")) {
            return Result.done();
        }
        try {
            return of(Wire.MAPPER.readTree(trimmed));
        } catch (JsonProcessingException noJson) {
            return Result.failed("Expected the answer to be JSON, but " + noJson.getOriginalMessage());
        }
    }

    static Result of(JsonNode answer) {
        JsonNode cost = answer.path("cost_usd");
        if (!cost.isMissingNode() && !cost.asText().matches(COST)) {
            return Result.failed("cost_usd: expected a decimal, but was " + cost);
        }
        boolean success = answer.path("success").asBoolean(true);
        String reason = success ? null : answer.path("failure_reason").asText("the adapter gave no reason");
        return new Result(
                success,
                reason,
                cost.isMissingNode() ? BigDecimal.ZERO : new BigDecimal(cost.asText()),
                Math.max(0, answer.path("tokens_in").asLong()),
                Math.max(0, answer.path("tokens_out").asLong()));
    }
}
