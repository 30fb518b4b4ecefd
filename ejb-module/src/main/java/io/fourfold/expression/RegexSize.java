package io.fourfold.expression;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * About how many instructions a pattern compiles to, told from its text: compiling is what a repetition of repetitions
 * makes dear, long before anything is matched.
 */
final class RegexSize {

    /** Counted no further than this. */
    private static final long FAR_TOO_MUCH = 1_000_000_000L;

    private static final Pattern COUNT = Pattern.compile("\\{(\\d{1,9})(,(\\d{0,9}))?}");

    private final String regex;
    private final Deque<Long> outside = new ArrayDeque<>();
    private long whole;
    private long last;

    private RegexSize(String regex) {
        this.regex = regex;
    }

    static long of(String regex) {
        return new RegexSize(regex).count();
    }

    private long count() {
        for (int at = 0; at < regex.length(); at++) {
            switch (regex.charAt(at)) {
                case '(' -> open();
                case ')' -> close();
                case '[' -> {
                    at = endOfClass(at);
                    add(1);
                }
                case '\\' -> {
                    at++;
                    add(1);
                }
                case '{' -> at = repeat(at);
                default -> add(1);
            }
        }
        while (!outside.isEmpty()) {
            close();
        }
        return whole;
    }

    private void add(long size) {
        last = size;
        whole = Math.min(FAR_TOO_MUCH, whole + size);
    }

    private void open() {
        outside.push(whole);
        whole = 0;
    }

    private void close() {
        long inside = whole + 2;
        whole = outside.isEmpty() ? 0 : outside.pop();
        add(inside);
    }

    private int endOfClass(int from) {
        int at = from + 1;
        for (boolean first = true; at < regex.length(); at++, first = false) {
            char c = regex.charAt(at);
            if (c == ']' && !first) {
                return at;
            }
            at += c == '\\' ? 1 : 0;
        }
        return at;
    }

    /** A count repeats what stands before it; a brace that begins no count stands for itself. */
    private int repeat(int from) {
        Matcher count = COUNT.matcher(regex).region(from, regex.length());
        if (!count.lookingAt()) {
            add(1);
            return from;
        }
        String most = count.group(3) == null || count.group(3).isEmpty() ? count.group(1) : count.group(3);
        long times = Math.max(1, Long.parseLong(most));
        whole -= last;
        add(Math.min(FAR_TOO_MUCH, last * times));
        return count.end() - 1;
    }
}
