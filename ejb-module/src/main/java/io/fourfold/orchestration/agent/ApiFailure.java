package io.fourfold.orchestration.agent;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Locale;

/** Why a session failed, as far as it can be told from what the provider says. */
final class ApiFailure {

    static final String RATE_LIMITED = "rate_limited";
    static final String PROVIDER_CAPACITY = "provider_capacity";
    static final String AUTH = "auth";
    static final String TASK = "task";

    private record Sign(String reason, List<Integer> statuses, List<String> words) {
        boolean shows(int status, String text) {
            return statuses.contains(status) || (status == 0 && words.stream().anyMatch(text::contains));
        }
    }

    private static final List<Sign> IN_ORDER = List.of(
            new Sign(RATE_LIMITED, List.of(429), List.of("rate_limit", "rate limit", "usage limit", "hit your limit")),
            new Sign(
                    PROVIDER_CAPACITY,
                    List.of(500, 502, 503, 504, 529),
                    List.of("overloaded", "server_error", "api error: 5", "internal server error", "connection error")),
            new Sign(
                    AUTH,
                    List.of(401, 402, 403),
                    List.of("authentication", "invalid api key", "billing", "credit balance", "/login", "oauth")));

    private ApiFailure() {}

    /** The reason told by an {@code api_retry} line or by a failed result; a known HTTP status outweighs words. */
    static String reason(JsonNode line, String text) {
        int status = line.path("api_error_status")
                .asInt(line.path("error_status").asInt(line.path("status").asInt(0)));
        String words = (line.path("error").asText("") + " " + text).toLowerCase(Locale.ROOT);
        return IN_ORDER.stream()
                .filter(sign -> sign.shows(status, words))
                .findFirst()
                .map(Sign::reason)
                .orElse(TASK);
    }
}
