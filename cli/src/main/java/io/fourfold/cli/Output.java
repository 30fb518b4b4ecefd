package io.fourfold.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;

/**
 * What a command says: its result on standard output, for people or as one JSON document; everything else on standard
 * error.
 */
public final class Output {

    private static final String GAP = "  ";
    private static final String BOLD = "\u001b[1m";
    private static final String PLAIN = "\u001b[0m";

    private final PrintWriter out;
    private final PrintWriter err;
    private final boolean terminal;

    public Output(PrintWriter out, PrintWriter err, boolean terminal) {
        this.out = out;
        this.err = err;
        this.terminal = terminal;
    }

    /** Whether a person looks at a screen that understands colours and cursor movements. */
    public boolean isTerminal() {
        return terminal;
    }

    public void json(JsonNode document) {
        try {
            out.println(ApiClient.JSON.writerWithDefaultPrettyPrinter().writeValueAsString(document));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("A JSON tree always has a text", impossible);
        }
        out.flush();
    }

    public void line(String text) {
        out.println(clean(text));
        out.flush();
    }

    /** Progress, hints, warnings. */
    public void aside(String text) {
        err.println(clean(text));
        err.flush();
    }

    /** To standard error, as it is: for redrawing a screen. */
    void raw(String text) {
        err.print(text);
        err.flush();
    }

    /** Columns as wide as what stands in them; a header that starts with {@code >} is aligned to the right. */
    public void table(List<String> headers, List<List<String>> rows) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < headers.size(); column++) {
            int width = name(headers.get(column)).length();
            for (List<String> row : rows) {
                width = Math.max(width, clean(row.get(column)).length());
            }
            widths.add(width);
        }
        String head = row(headers.stream().map(Output::name).toList(), headers, widths);
        out.println(terminal ? BOLD + head + PLAIN : head);
        rows.forEach(row -> out.println(row(row, headers, widths)));
        out.flush();
    }

    private static String row(List<String> cells, List<String> headers, List<Integer> widths) {
        StringBuilder row = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = clean(cells.get(column));
            String padding = " ".repeat(widths.get(column) - cell.length());
            row.append(column == 0 ? "" : GAP);
            row.append(headers.get(column).startsWith(">") ? padding + cell : cell + padding);
        }
        return row.toString().stripTrailing();
    }

    private static String name(String header) {
        return header.startsWith(">") ? header.substring(1) : header;
    }

    /** What comes from an agent must not steer the terminal. */
    static String clean(String text) {
        return text.replaceAll("[\\p{Cntrl}&&[^\\n\\t]]", "");
    }
}
