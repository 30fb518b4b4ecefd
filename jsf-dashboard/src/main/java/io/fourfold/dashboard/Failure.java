package io.fourfold.dashboard;

import io.fourfold.view.ExecutionRow;
import io.fourfold.view.PhaseRow;
import java.util.List;

/**
 * Why an execution ended as it did, and what to do about it.
 *
 * @param title  phase and reason
 * @param facts  what was expected and what came
 * @param advice what to do
 * @param output the last words of the agent or the last lines of its output, or null
 * @param record the id of the record that says so, or null
 */
public record Failure(String title, String facts, String advice, String output, String record) {

    /** Lines of output shown. */
    static final int LINES_MAX = 20;

    /** Null unless the execution failed, was interrupted or was cancelled. */
    static Failure of(ExecutionRow row, List<PhaseRow> phases, List<String> lastLines, String record) {
        return switch (row.status) {
            case "failed" -> failed(row, phases, lastLines, record);
            case "interrupted" ->
                new Failure(
                        "Interrupted",
                        row.errorMessage,
                        "A retry goes on at the phase that was under way; completed phases are kept.",
                        null,
                        record);
            case "cancelled" -> new Failure("Cancelled", row.errorMessage, null, null, record);
            default -> null;
        };
    }

    private static Failure failed(ExecutionRow row, List<PhaseRow> phases, List<String> lastLines, String record) {
        PhaseRow phase = phases.stream()
                .filter(p -> p.phaseId.equals(row.failedPhase))
                .findFirst()
                .orElse(null);
        String where = phase == null ? "before the first phase" : "in phase " + phase.name;
        String reason = row.failureReason == null ? "unknown" : row.failureReason;
        String output = lastLines.isEmpty() ? row.errorMessage : String.join("\n", lastLines);
        return new Failure("Failed " + where, what(reason, row, phase), advice(reason), output, record);
    }

    private static String what(String reason, ExecutionRow row, PhaseRow phase) {
        boolean zero = row.exitCode == null || row.exitCode == 0;
        String exit = zero ? "" : "Expected exit code 0, but was " + row.exitCode + ". ";
        String limit = phase == null ? "" : " of " + phase.timeoutSeconds + " s (timeout_seconds)";
        return (exit
                        + switch (reason) {
                            case "task" -> zero ? "The agent reported failure or left something undone." : "";
                            case "timeout" ->
                                "Expected the phase to end within its deadline" + limit + ", but it did not.";
                            case "budget" -> "The budget was spent before the phase was done.";
                            case "provider_capacity" -> "The model's provider had no capacity.";
                            case "rate_limited" -> "The model's provider refused because of its rate limit.";
                            case "auth" -> "The model's provider refused the key.";
                            case "concurrency" -> "Its concurrency key was held when it came.";
                            case "workspace" -> "The workspace could not be set up or broke.";
                            default -> "The reason given is " + reason + ".";
                        })
                .strip();
    }

    private static String advice(String reason) {
        String keep = " A retry goes on at this phase; completed phases are kept.";
        return switch (reason) {
            case "timeout" -> "Raise timeout_seconds in the workflow for later runs, or retry this one." + keep;
            case "budget" -> "Start it again with a larger --max-cost, or give the phase less to do.";
            case "provider_capacity", "rate_limited" -> "Wait a little, then retry." + keep;
            case "auth" -> "Set FOURFOLD_ANTHROPIC_API_KEY to a valid key, restart the server, then retry." + keep;
            case "concurrency" -> "Retry it: then it waits in line for its key.";
            case "workspace" -> "See ./fourfold doctor for what is missing, then retry." + keep;
            default -> "Read the last lines of output and the log below, then retry." + keep;
        };
    }
}
