package io.fourfold.log;

import java.util.LinkedHashMap;
import java.util.Map;

/** Reads one JSON text and writes its canonical form in the same pass, without recursion and without a tree. */
final class JsonScanner {

    private final String in;
    private final StringBuilder out;
    private final JsonFrame[] open = new JsonFrame[CanonicalJson.NESTING_MAX];
    private int at;
    private int depth;
    private JsonFrame root;

    JsonScanner(String in) {
        this.in = in;
        this.out = new StringBuilder(in.length());
    }

    JsonScanner scan() {
        do {
            while (opensContainer()) {
                nextMember();
            }
        } while (valueFollows());
        skipSpace();
        if (at < in.length()) {
            throw unexpected("the end of the text");
        }
        return this;
    }

    String canonical() {
        return out.toString();
    }

    Map<String, String> topMembers() {
        if (root == null || !root.object()) {
            throw new InvalidRecord("", "expected a JSON object, but was " + Shown.of(canonical()));
        }
        Map<String, String> members = new LinkedHashMap<>();
        root.eachMember((key, start, end) -> members.put(key, out.substring(start, end)));
        return members;
    }

    /** Reads a scalar, an empty container, or the opening of another one: then its first value must follow. */
    private boolean opensContainer() {
        skipSpace();
        char first = peek();
        if (first != '{' && first != '[') {
            scalar(first);
            return false;
        }
        at++;
        out.append(first);
        JsonFrame frame = push(first == '{');
        skipSpace();
        if (peek() != frame.closer()) {
            return true;
        }
        close();
        return false;
    }

    /** After a value: closes what ends here; true when a comma announces another value. */
    private boolean valueFollows() {
        while (depth > 0) {
            JsonFrame frame = open[depth - 1];
            frame.valueEnds(out.length());
            skipSpace();
            char next = peek();
            if (next == ',') {
                at++;
                out.append(',');
                nextMember();
                return true;
            }
            if (next != frame.closer()) {
                throw unexpected("',' or '" + frame.closer() + "'");
            }
            close();
        }
        return false;
    }

    private void nextMember() {
        JsonFrame frame = open[depth - 1];
        if (!frame.object()) {
            frame.nextElement();
            return;
        }
        skipSpace();
        if (peek() != '"') {
            throw unexpected("a key in quotes");
        }
        int start = out.length();
        JsonString key = string();
        frame.nextKey(key.value(), start);
        skipSpace();
        if (peek() != ':') {
            throw unexpected("':'");
        }
        at++;
        out.append(':');
        frame.valueStarts(out.length());
    }

    private JsonFrame push(boolean object) {
        if (depth == open.length) {
            throw new InvalidRecord(
                    path(), "expected at most " + open.length + " levels of nesting, but there are more");
        }
        JsonFrame frame = new JsonFrame(object, out.length());
        if (depth == 0) {
            root = frame;
        }
        open[depth++] = frame;
        return frame;
    }

    private void close() {
        JsonFrame frame = open[depth - 1];
        String duplicate = frame.sort(out);
        if (duplicate != null) {
            frame.blame(duplicate);
            throw new InvalidRecord(path(), "expected each key once, but it is there twice");
        }
        out.append(frame.closer());
        at++;
        depth--;
    }

    private void scalar(char first) {
        switch (first) {
            case '"' -> string();
            case 't' -> literal("true");
            case 'f' -> literal("false");
            case 'n' -> literal("null");
            default -> number();
        }
    }

    private JsonString string() {
        JsonString string = new JsonString(in, at);
        String fault = string.read(out);
        if (fault != null) {
            throw new InvalidRecord(path(), fault);
        }
        at = string.end();
        return string;
    }

    private void literal(String word) {
        if (!in.startsWith(word, at)) {
            throw unexpected("a JSON value");
        }
        at += word.length();
        out.append(word);
    }

    private void number() {
        int end = NumberForm.end(in, at);
        if (end < 0) {
            throw unexpected("a JSON value");
        }
        String token = in.substring(at, end);
        String canonical = NumberForm.canonical(token);
        if (canonical == null) {
            throw new InvalidRecord(
                    path(),
                    "expected a number that a double keeps exactly, but was " + Shown.of(token)
                            + ": send it as a string");
        }
        out.append(canonical);
        at = end;
    }

    private void skipSpace() {
        while (at < in.length() && isSpace(in.charAt(at))) {
            at++;
        }
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\n' || c == '\r' || c == '\t';
    }

    private char peek() {
        if (at >= in.length()) {
            throw new InvalidRecord(path(), "expected more JSON, but the text ends at character " + at);
        }
        return in.charAt(at);
    }

    private InvalidRecord unexpected(String expected) {
        String was = in.substring(at, in.offsetByCodePoints(at, 1));
        return new InvalidRecord(path(), "expected " + expected + " at character " + at + ", but was " + was);
    }

    /** The place being read, for example {@code body.sizes[2]}. */
    private String path() {
        StringBuilder path = new StringBuilder();
        for (int level = 0; level < depth; level++) {
            open[level].appendTo(path);
        }
        return path.toString();
    }
}
