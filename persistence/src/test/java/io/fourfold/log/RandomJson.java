package io.fourfold.log;

import java.util.LinkedHashSet;
import java.util.Random;
import java.util.Set;

/** Random valid JSON: odd white space, escapes where none are needed, keys in any order, every plane of Unicode. */
final class RandomJson {

    private static final String[] SPACES = {"", "", "", " ", "\n", "\t ", "\r\n"};
    private static final int[] PLANES = {0x20, 0x7f, 0xa0, 0x2028, 0x20ac, 0xfb33, 0xfffd, 0x1f600, 0x10fffd};

    private final Random random;
    private final StringBuilder out = new StringBuilder();

    private RandomJson(Random random) {
        this.random = random;
    }

    static String document(Random random) {
        RandomJson json = new RandomJson(random);
        json.object(0);
        return json.out.toString();
    }

    private void value(int depth) {
        space();
        switch (random.nextInt(depth > 4 ? 4 : 6)) {
            case 0 -> out.append(random.nextBoolean() ? "true" : "null");
            case 1 -> out.append(number());
            case 2, 3 -> string(text());
            case 4 -> object(depth + 1);
            default -> array(depth + 1);
        }
        space();
    }

    private void object(int depth) {
        Set<String> keys = new LinkedHashSet<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            keys.add(text());
        }
        out.append('{');
        String separator = "";
        for (String key : keys) {
            out.append(separator);
            space();
            string(key);
            space();
            out.append(':');
            value(depth);
            separator = ",";
        }
        out.append('}');
    }

    private void array(int depth) {
        out.append('[');
        for (int i = random.nextInt(5); i > 0; i--) {
            value(depth);
            out.append(i > 1 ? "," : "");
        }
        out.append(']');
    }

    private String number() {
        return switch (random.nextInt(4)) {
            case 0 -> Integer.toString(random.nextInt(200) - 100);
            case 1 -> Long.toString(random.nextLong() >> 11);
            case 2 -> Integer.toString(random.nextInt(100_000)) + "e" + (random.nextInt(40) - 20);
            default -> NumberForm.of(random.nextGaussian() * Math.pow(10, random.nextInt(60) - 30));
        };
    }

    private String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(6); i > 0; i--) {
            text.appendCodePoint(
                    random.nextInt(3) > 0 ? 1 + random.nextInt(0x7e) : PLANES[random.nextInt(PLANES.length)]);
        }
        return text.toString();
    }

    private void string(String value) {
        out.append('"');
        for (char c : value.toCharArray()) {
            boolean must = c < ' ' || c == '"' || c == '\\';
            if (must || !Character.isSurrogate(c) && random.nextInt(8) == 0) {
                out.append(String.format(random.nextBoolean() ? "\\u%04x" : "\\u%04X", (int) c));
            } else {
                out.append(c);
            }
        }
        out.append('"');
    }

    private void space() {
        out.append(SPACES[random.nextInt(SPACES.length)]);
    }
}
