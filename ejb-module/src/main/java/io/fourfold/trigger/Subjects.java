package io.fourfold.trigger;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.log.Draft;
import java.util.List;

/**
 * What an event is about: a pull request or an issue where the body names one, {@code acme/shop#7} (they share their
 * numbers), else its thread.
 */
final class Subjects {

    /** The subject of every time of a schedule. */
    static final String SCHEDULE = "schedule";

    private static final int CHARS_MAX = 200;

    private static final List<String> NUMBERS = List.of(
            "pull_request.number",
            "issue.number",
            "check_run.pull_requests[0].number",
            "check_suite.pull_requests[0].number",
            "workflow_run.pull_requests[0].number");

    private Subjects() {}

    static String of(Draft record) {
        JsonNode body = record.body().tree();
        return NUMBERS.stream()
                .map(path -> JsonPath.at(body, path))
                .filter(JsonNode::isIntegralNumber)
                .findFirst()
                .map(number -> shortened(Hearing.repository(body)) + "#" + shortened(number.asText()))
                .orElse(record.thread().value());
    }

    private static String shortened(String text) {
        return text.length() <= CHARS_MAX ? text : text.substring(0, CHARS_MAX);
    }
}
