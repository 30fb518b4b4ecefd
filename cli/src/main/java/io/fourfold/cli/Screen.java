package io.fourfold.cli;

import java.util.List;

/** Shows progress: a board redrawn in place on a terminal, else one plain line for each step. */
public final class Screen {

    private static final String UP = "\u001b[%dA";
    private static final String CLEAR_BELOW = "\r\u001b[J";

    /** A line that wraps would be two to the terminal and one to us. */
    private static final String WRAP_OFF = "\u001b[?7l";

    private static final String WRAP_ON = "\u001b[?7h";

    private final Output output;
    private int drawn;

    public Screen(Output output) {
        this.output = output;
    }

    /** @param step what happened, null when it is not worth a line */
    public void show(List<String> board, String step) {
        if (!output.isTerminal()) {
            if (step != null) {
                output.aside(step);
            }
            return;
        }
        StringBuilder text = new StringBuilder(drawn == 0 ? "" : UP.formatted(drawn) + CLEAR_BELOW);
        board.forEach(line -> text.append(Output.clean(line)).append('\n'));
        output.raw(WRAP_OFF + text + WRAP_ON);
        drawn = board.size();
    }
}
