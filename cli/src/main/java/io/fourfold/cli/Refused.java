package io.fourfold.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/** The server's answer was no: RFC 9457 problem details, or what came instead. */
public final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;
    private static final int SERVER_ERROR = 500;
    private static final List<Integer> AWAY = List.of(502, 503, 504);

    private final int status;
    private final transient JsonNode problem;

    Refused(int status, JsonNode problem) {
        super(problem.path("detail").asText(problem.path("title").asText("HTTP " + status)));
        this.status = status;
        this.problem = problem;
    }

    public int status() {
        return status;
    }

    public String code() {
        return problem.path("code").asText("");
    }

    /** All that came. */
    public JsonNode problem() {
        return problem;
    }

    /** The single errors, for example one for each problem of a workflow file. */
    public List<String> errors() {
        List<String> errors = new ArrayList<>();
        problem.path("errors").forEach(error -> errors.add(error.isTextual() ? error.textValue() : error.toString()));
        return errors;
    }

    Exit exit() {
        if (AWAY.contains(status)) {
            return new Exit(Exit.UNREACHABLE, "The server is there but cannot answer: " + getMessage());
        }
        if (status >= SERVER_ERROR) {
            return new Exit(Exit.FAILED, "The server failed (HTTP " + status + "): " + getMessage());
        }
        List<String> lines = new ArrayList<>();
        lines.add("Refused (HTTP " + status + (code().isEmpty() ? "" : ", " + code()) + "): " + getMessage());
        errors().stream().filter(error -> !error.equals(getMessage())).forEach(lines::add);
        problem.path("candidates").forEach(candidate -> lines.add("  " + candidate.asText()));
        return new Exit(Exit.REFUSED, lines);
    }
}
