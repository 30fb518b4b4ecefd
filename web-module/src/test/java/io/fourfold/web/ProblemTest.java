package io.fourfold.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.door.Reply;
import io.fourfold.log.Refusal;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class ProblemTest {

    @Test
    void everyCodeHasItsStatus() {
        StringBuilder table = new StringBuilder();
        Arrays.stream(Refusal.Code.values()).forEach(code -> table.append(Reply.status(code))
                .append(' ')
                .append(code)
                .append('\n'));
        assertThat(table).hasToString("""
                400 INVALID_RECORD
                422 INVALID_INPUT
                422 INVALID_WORKFLOW
                422 MISSING_FILES
                409 CLOCK_CONFLICT
                409 VERSION_CONFLICT
                400 NAMESPACE_INVALID
                403 NAMESPACE_REJECTED
                403 SCOPE_DENIED
                403 ACTOR_DENIED
                403 PERMISSION_DENIED
                409 LOCKED_OUT
                503 FROZEN
                409 WRONG_STATE
                409 ALREADY_EXISTS
                404 NOT_FOUND
                409 AMBIGUOUS_ID
                413 TOO_LARGE
                504 QUERY_TIMEOUT
                503 OVERLOADED
                503 UNAVAILABLE
                507 STORAGE_FULL
                """);
    }
}
