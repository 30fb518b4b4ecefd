package io.fourfold.dashboard;

import io.fourfold.view.ExecutionRow;
import io.fourfold.view.PhaseRow;
import java.util.ArrayList;
import java.util.List;

/** The buttons of an execution: only what its state allows, and each says what will happen. */
final class Controls {

    /**
     * A button.
     *
     * @param act  the last part of the address that is posted to
     * @param body what is posted
     * @param ask  what to ask before, or null
     * @param say  what to ask for a text that is posted as {@code message}, or null
     */
    public record Button(String act, String body, String text, String hint, String ask, String say, boolean primary) {

        Button(String act, String body, String text, String hint, String ask, boolean primary) {
            this(act, body, text, hint, ask, null, primary);
        }
    }

    private Controls() {}

    /** {@code asked}: what it was asked for and has not done yet, because it has not come to a yield point. */
    static List<Button> of(ExecutionRow row, Asked asked) {
        return switch (row.status) {
            case "not_started" ->
                List.of(cancel("{}", "Cancel before it starts", "It leaves the queue and never runs"));
            case "paused" ->
                List.of(
                        new Button("resume", "", "Resume where it paused", "The agent goes on at once", null, true),
                        cancel("{}", "Cancel now", "It ends here; what it has made is kept"));
            case "running" ->
                switch (asked) {
                    case NOTHING -> List.of(pause(), cancelLater());
                    case PAUSE -> List.of(cancelLater());
                    case CANCEL ->
                        List.of(cancel("{\"force\":true}", "Stop the agent now", "Ends it without a yield point"));
                };
            case "failed", "interrupted" ->
                List.of(new Button("retry", "", retry(row), "Completed phases are kept", null, true));
            default -> List.of();
        };
    }

    /** With one more where an agent is still to come that takes a message. */
    static List<Button> of(ExecutionRow row, Asked asked, List<PhaseRow> phases) {
        List<Button> buttons = new ArrayList<>(of(row, asked));
        boolean open = List.of("not_started", "running", "paused").contains(row.status);
        phases.stream()
                .filter(phase -> open && "claude".equals(phase.agent) && "pending".equals(phase.status))
                .findFirst()
                .ifPresent(phase -> buttons.add(new Button(
                        "inject",
                        "",
                        "Tell its next agent",
                        "It finds your message in its prompt",
                        null,
                        "What shall the agent of " + phase.name + " know?",
                        false)));
        return buttons;
    }

    private static Button pause() {
        return new Button(
                "pause", "", "Pause at next yield point", "It keeps its place and its workspace", null, false);
    }

    private static Button cancelLater() {
        return cancel("{}", "Cancel at next yield point", "The agent may finish its current step");
    }

    private static Button cancel(String body, String text, String hint) {
        return new Button("cancel", body, text, hint, text + "? " + hint + ".", false);
    }

    private static String retry(ExecutionRow row) {
        return row.failedPhase == null ? "Retry from where it stopped" : "Retry from " + row.failedPhase;
    }
}
