package io.fourfold.kit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Every command in every state, written out as a text table: one row per command, one column per state. A refusal is
 * {@code no} in the wrong state, {@code none} where there is nothing, {@code exists} where there is something already.
 */
public final class StateTable<C, S, E> {

    private static final int COMMAND_COLUMNS = 19;

    private static final Map<String, String> REFUSALS =
            Map.of("WRONG_STATE", "no", "NOT_FOUND", "none", "ALREADY_EXISTS", "exists", "INVALID_INPUT", "invalid");

    private final Aggregate<C, S, E> aggregate;
    private final Map<String, List<E>> states;

    /** {@code states} by their name, in the order of the columns. */
    public StateTable(Aggregate<C, S, E> aggregate, Map<String, List<E>> states) {
        this.aggregate = aggregate;
        this.states = states;
    }

    public String of(List<C> commands) {
        List<Integer> widths = new ArrayList<>();
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.copyOf(states.keySet()));
        for (C command : commands) {
            rows.add(states.values().stream()
                    .map(events -> Given.given(aggregate, events).when(command).word())
                    .map(word -> REFUSALS.getOrDefault(word, word))
                    .toList());
        }
        for (int column = 0; column < states.size(); column++) {
            int at = column;
            widths.add(rows.stream().mapToInt(row -> row.get(at).length()).max().orElseThrow());
        }
        StringBuilder table = new StringBuilder(line("", rows.getFirst(), widths));
        for (int i = 0; i < commands.size(); i++) {
            table.append(line(commands.get(i).getClass().getSimpleName(), rows.get(i + 1), widths));
        }
        return table.toString();
    }

    private static String line(String command, List<String> cells, List<Integer> widths) {
        StringBuilder line = new StringBuilder(pad(command, COMMAND_COLUMNS));
        for (int i = 0; i < cells.size(); i++) {
            line.append(pad(cells.get(i), widths.get(i) + 1));
        }
        return line.toString().stripTrailing() + "\n";
    }

    private static String pad(String text, int columns) {
        return text + " ".repeat(Math.max(1, columns - text.length()));
    }
}
