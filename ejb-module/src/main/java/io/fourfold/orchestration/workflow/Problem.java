package io.fourfold.orchestration.workflow;

import java.util.Comparator;

/**
 * What is wrong with a workflow, and where; line and column count from 1.
 *
 * @param field   for example {@code phases[1].prompt_file}; empty when it is the file as a whole
 * @param message "expected …, but …"
 */
public record Problem(String file, int line, int column, String field, String message) {

    public static final Comparator<Problem> IN_ORDER =
            Comparator.comparing(Problem::file).thenComparingInt(Problem::line).thenComparingInt(Problem::column);

    /** One line, as compilers write it: {@code workflow.yaml:7:5: phases[1].order: expected …}. */
    public String text() {
        return file + ":" + line + ":" + column + ": " + (field.isEmpty() ? "" : field + ": ") + message;
    }
}
