package io.fourfold.dashboard;

import java.util.List;
import java.util.stream.Collectors;

/** Shows the place of a fault in an expression: its line, and a caret under its column. */
final class Caret {

    private Caret() {}

    /**
     * The expression up to the line, and the caret below it.
     *
     * @param line   from 1
     * @param column from 1, in characters as Unicode counts them
     */
    static String under(String expression, int line, int column) {
        List<String> lines = expression.lines().toList();
        if (line < 1 || line > lines.size()) {
            return expression + "\n^";
        }
        String at = lines.get(line - 1);
        // Tabs stay tabs, so that the caret stands where the browser draws the character.
        String before = at.codePoints()
                .limit(Math.max(0, column - 1))
                .mapToObj(c -> c == '\t' ? "\t" : " ")
                .collect(Collectors.joining());
        return String.join("\n", lines.subList(0, line)) + "\n" + before + "^";
    }
}
