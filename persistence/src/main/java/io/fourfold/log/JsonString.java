package io.fourfold.log;

import java.util.HexFormat;

/** One JSON string: read from a text at its opening quote, written with the escapes of JCS. */
final class JsonString {

    private static final String ESCAPED = "\"\\/bfnrt";
    private static final String MEANING = "\"\\/\b\f\n\r\t";
    private static final HexFormat HEX = HexFormat.of();

    private final String in;
    private final int start;
    private int end;
    private String value;

    JsonString(String in, int openingQuote) {
        this.in = in;
        this.start = openingQuote + 1;
    }

    /** The index after the closing quote. */
    int end() {
        return end;
    }

    String value() {
        return value != null ? value : in.substring(start, end - 1);
    }

    /** Appends the canonical form; returns what is wrong with the string, or null. */
    String read(StringBuilder out) {
        int at = start;
        while (at < in.length()) {
            char c = in.charAt(at);
            if (c == '"') {
                end = at + 1;
                out.append(in, start - 1, end);
                return null;
            }
            if (c == '\\') {
                return readEscaped(at, out);
            }
            if (c < ' ') {
                return "expected control characters as escapes, but found one raw at character " + at;
            }
            if (Character.isSurrogate(c) && !isPair(in, at++)) {
                return loneSurrogate(at - 1);
            }
            at++;
        }
        return unclosed();
    }

    private String readEscaped(int firstEscape, StringBuilder out) {
        StringBuilder decoded = new StringBuilder(in.substring(start, firstEscape));
        int at = firstEscape;
        while (at < in.length() && in.charAt(at) != '"') {
            char c = in.charAt(at);
            int length = 1;
            if (c == '\\') {
                length = unescape(at, decoded);
                if (length < 0) {
                    return "expected a JSON escape at character " + at;
                }
            } else if (c < ' ') {
                return "expected control characters as escapes, but found one raw at character " + at;
            } else if (Character.isSurrogate(c)) {
                if (!isPair(in, at)) {
                    return loneSurrogate(at);
                }
                decoded.append(in, at, at + 2);
                length = 2;
            } else {
                decoded.append(c);
            }
            at += length;
        }
        if (at >= in.length()) {
            return unclosed();
        }
        end = at + 1;
        value = decoded.toString();
        write(value, out);
        return faultOf(value);
    }

    /** Returns the length of the escape, or -1 when it is none. */
    private int unescape(int at, StringBuilder decoded) {
        if (at + 1 >= in.length()) {
            return -1;
        }
        char kind = in.charAt(at + 1);
        if (kind == 'u') {
            if (at + 6 > in.length()) {
                return -1;
            }
            for (int i = at + 2; i < at + 6; i++) {
                if (!HexFormat.isHexDigit(in.charAt(i))) {
                    return -1;
                }
            }
            decoded.append((char) HexFormat.fromHexDigits(in, at + 2, at + 6));
            return 6;
        }
        int index = ESCAPED.indexOf(kind);
        if (index >= 0) {
            decoded.append(MEANING.charAt(index));
        }
        return index < 0 ? -1 : 2;
    }

    private String faultOf(String decoded) {
        for (int i = 0; i < decoded.length(); i++) {
            char c = decoded.charAt(i);
            if (c == 0) {
                return "expected text without U+0000, but it has one";
            }
            if (Character.isSurrogate(c) && !isPair(decoded, i++)) {
                return loneSurrogate(start);
            }
        }
        return null;
    }

    private static boolean isPair(String text, int at) {
        return Character.isHighSurrogate(text.charAt(at))
                && at + 1 < text.length()
                && Character.isLowSurrogate(text.charAt(at + 1));
    }

    private static String loneSurrogate(int at) {
        return "expected surrogates in pairs, but found one alone at character " + at;
    }

    private String unclosed() {
        return "expected a closing quote for the string at character " + (start - 1) + ", but the text ends";
    }

    static void write(String value, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            int short2 = c == '/' ? -1 : MEANING.indexOf(c);
            if (short2 >= 0) {
                out.append('\\').append(ESCAPED.charAt(short2));
            } else if (c < ' ') {
                out.append("\\u").append(HEX.toHexDigits(c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }
}
