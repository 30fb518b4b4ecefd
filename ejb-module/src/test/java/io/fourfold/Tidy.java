package io.fourfold;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.regex.Pattern;

/** What is untidy about a Java file, each with its place. */
final class Tidy {

    static final int COLUMNS_MAX = 120;
    static final int FILE_LINES_MAX = 250;

    /** Tests are tables and lists of cases: their files may be longer, their rows wider, their lists of any length. */
    static final int TEST_LINES_MAX = 350;

    static final int METHOD_LINES_MAX = 50;

    /** Words of work that was put off. */
    private static final Pattern PUT_OFF = Pattern.compile("\\b(TO" + "DO|FIX" + "ME|X" + "XX)\\b");

    /** Comments, text blocks, strings and characters: braces in them count for nothing. */
    private static final Pattern NO_CODE =
            Pattern.compile("//[^\\n]*|/\\*[\\s\\S]*?\\*/|\"\"\"[\\s\\S]*?(?<!\\\\)\"\"\""
                    + "|\"[^\"\\\\\\n]*+(?:\\\\.[^\"\\\\\\n]*+)*+\"|'[^'\\\\\\n]*+(?:\\\\.[^'\\\\\\n]*+)*+'");

    private static final Pattern TYPE =
            Pattern.compile("\\b(class|interface|enum|record)\\s+\\w|\\bnew\\b[^;]*\\)\\s*$", Pattern.DOTALL);

    private enum Kind {
        TYPE,
        METHOD,
        BLOCK
    }

    private record Open(Kind kind, int line) {}

    private final String name;
    private final boolean test;
    private final List<String> faults = new ArrayList<>();

    private Tidy(String name) {
        this.name = name;
        this.test = name.contains("src/test/");
    }

    static List<String> faults(String name, String text) {
        Tidy tidy = new Tidy(name);
        tidy.lines(text);
        tidy.methods(NO_CODE.matcher(text).replaceAll(found -> found.group().replaceAll("[^\\n]", " ")));
        return tidy.faults;
    }

    private void fault(int line, String what) {
        faults.add(name + ":" + line + " " + what);
    }

    private void lines(String text) {
        String[] lines = text.split("\n", -1);
        for (int i = 0; i < lines.length; i++) {
            if (!test && lines[i].codePointCount(0, lines[i].length()) > COLUMNS_MAX) {
                fault(i + 1, "has more than " + COLUMNS_MAX + " columns");
            }
            if (lines[i].indexOf('\t') >= 0) {
                fault(i + 1, "has a tab");
            }
            if (lines[i].endsWith(" ") || lines[i].endsWith("\r")) {
                fault(i + 1, "ends with a space");
            }
            if (PUT_OFF.matcher(lines[i]).find()) {
                fault(i + 1, "puts work off");
            }
        }
        if (!text.endsWith("\n") || text.endsWith("\n\n")) {
            fault(lines.length, "does not end with one line end");
        }
        int most = test ? TEST_LINES_MAX : FILE_LINES_MAX;
        if (lines.length - 1 > most) {
            fault(most, "has more than " + most + " lines");
        }
    }

    private void methods(String code) {
        Deque<Open> open = new ArrayDeque<>();
        int header = 0;
        int line = 1;
        for (int i = 0; i < code.length(); i++) {
            char c = code.charAt(i);
            if (c == '\n') {
                line++;
            } else if (c == '{') {
                open.push(new Open(kind(code.substring(header, i), open.peek()), line));
                header = i + 1;
            } else if (c == '}' && !open.isEmpty()) {
                Open closed = open.pop();
                if (!test && closed.kind() == Kind.METHOD && line - closed.line() + 1 > METHOD_LINES_MAX) {
                    fault(closed.line(), "begins a method of more than " + METHOD_LINES_MAX + " lines");
                }
                header = i + 1;
            } else if (c == ';') {
                header = i + 1;
            }
        }
    }

    private static Kind kind(String header, Open around) {
        if (TYPE.matcher(header).find()) {
            return Kind.TYPE;
        }
        boolean inType = around != null && around.kind() == Kind.TYPE;
        return inType && header.contains(")") && !header.contains("->") ? Kind.METHOD : Kind.BLOCK;
    }
}
