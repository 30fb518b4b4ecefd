package io.fourfold.orchestration.workflow;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A shell command with its placeholders filled, for {@code sh -c}. Values never become part of what the shell parses:
 * they are assigned to variables on lines of their own, single-quoted, and the command refers to the variables. So
 * whatever a value holds, nothing in it runs.
 *
 * <p>A placeholder is one word where it stands bare, within double quotes and within single quotes alike. In a
 * here-document or nested in {@code $(…)} within double quotes it may come with quotes or split into words, as a
 * variable would. {@code $ARGUMENTS} is a plain shell variable that holds the task, so {@code "$ARGUMENTS"} is the task
 * as one word; it is never appended.
 */
final class CommandLine {

    private static final Pattern TOKEN = Pattern.compile("\\{\\{([^{}]*)\\}\\}");

    private final String template;
    private final Map<String, String> variables = new LinkedHashMap<>();
    private final StringBuilder command = new StringBuilder();
    private Quotes quotes = Quotes.NONE;

    private enum Quotes {
        NONE,
        SINGLE,
        DOUBLE,
        COMMENT
    }

    private CommandLine(String template) {
        this.template = template;
    }

    static String assemble(String template, Prompt.Values values) {
        CommandLine line = new CommandLine(template);
        line.replace();
        StringBuilder assembled = new StringBuilder();
        if (template.contains("ARGUMENTS")) {
            assembled
                    .append("ARGUMENTS=")
                    .append(quoted(values.of(Placeholders.ARGUMENTS)))
                    .append('\n');
        }
        line.variables.forEach((name, variable) -> assembled
                .append(variable)
                .append('=')
                .append(quoted(values.of(name)))
                .append('\n'));
        return assembled.append(line.command).toString();
    }

    private void replace() {
        Matcher token = TOKEN.matcher(template);
        int at = 0;
        while (token.find()) {
            copy(at, token.start());
            String variable = variables.computeIfAbsent(
                    token.group(1).strip(), name -> "FOURFOLD_VALUE_" + (variables.size() + 1));
            command.append(reference(variable));
            at = token.end();
        }
        copy(at, template.length());
    }

    private String reference(String variable) {
        return switch (quotes) {
            case NONE -> "\"${" + variable + "}\"";
            case DOUBLE -> "${" + variable + "}";
            case SINGLE -> "'\"${" + variable + "}\"'";
            case COMMENT -> variable;
        };
    }

    private void copy(int from, int to) {
        for (int i = from; i < to; i++) {
            char c = template.charAt(i);
            command.append(c);
            if (c == '\\' && (quotes == Quotes.NONE || quotes == Quotes.DOUBLE) && i + 1 < to) {
                command.append(template.charAt(++i));
            } else {
                quotes = after(c, i);
            }
        }
    }

    private Quotes after(char c, int at) {
        return switch (quotes) {
            case NONE -> opened(c, at);
            case SINGLE -> c == '\'' ? Quotes.NONE : Quotes.SINGLE;
            case DOUBLE -> c == '"' ? Quotes.NONE : Quotes.DOUBLE;
            case COMMENT -> c == '\n' ? Quotes.NONE : Quotes.COMMENT;
        };
    }

    private Quotes opened(char c, int at) {
        if (c == '#'
                && (at == 0 || Character.isWhitespace(template.charAt(at - 1)) || template.charAt(at - 1) == ';')) {
            return Quotes.COMMENT;
        }
        return c == '\'' ? Quotes.SINGLE : c == '"' ? Quotes.DOUBLE : Quotes.NONE;
    }

    /** A value as one word of the shell's; a NUL, which no command line can hold, becomes U+FFFD. */
    private static String quoted(String value) {
        return "'" + value.replace("'", "'\\''").replace('\0', '\uFFFD') + "'";
    }
}
