package io.fourfold.bench;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Arguments in pairs: {@code --name value}. */
record Options(Map<String, String> values) {

    /** One part of a program, by name. */
    interface Part {
        void run() throws Exception;
    }

    static Options of(String[] arguments) {
        Map<String, String> values = new HashMap<>();
        for (int i = 0; i < arguments.length; i += 2) {
            if (!arguments[i].startsWith("--") || i + 1 == arguments.length) {
                throw new IllegalArgumentException(
                        "Expected --name value pairs, but got " + String.join(" ", arguments));
            }
            values.put(arguments[i], arguments[i + 1]);
        }
        return new Options(values);
    }

    /** Null when it is not given. */
    String get(String name) {
        return values.get(name);
    }

    int number(String name, int fallback) {
        return Integer.parseInt(values.getOrDefault(name, Integer.toString(fallback)));
    }

    /** All, or those that {@code --only} names. */
    void run(Map<String, Part> parts) throws Exception {
        List<String> only =
                values.containsKey("--only") ? Arrays.asList(get("--only").split(",")) : null;
        for (var part : parts.entrySet()) {
            if (only == null || only.contains(part.getKey())) {
                part.getValue().run();
            }
        }
    }
}
