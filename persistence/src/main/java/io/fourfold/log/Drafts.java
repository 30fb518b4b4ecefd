package io.fourfold.log;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * Reads a record as it comes through a door. Every fault is an {@link InvalidRecord} that names the field, what was
 * expected and what came; the same fault at every door.
 */
public final class Drafts {

    /** The fields a record may have; all but clock, data_type, judged_by and parents must be there. */
    public static final List<String> FIELDS =
            List.of("act", "actor", "body", "clock", "data_type", "judged_by", "parents", "thread");

    private static final String RECORD = "record";
    private static final String EXPECT_VERSION = "expect_version";

    private Drafts() {}

    public static Draft parse(byte[] utf8) {
        return parse(CanonicalJson.decode(utf8));
    }

    public static Draft parse(String json) {
        return draft(CanonicalJson.members(json));
    }

    /** A record, or an envelope {@code {"record": {…}, "expect_version": N}} around one. */
    public static Append request(byte[] utf8) {
        Map<String, String> fields = CanonicalJson.members(CanonicalJson.decode(utf8));
        String record = fields.get(RECORD);
        if (record == null) {
            return Append.of(draft(fields));
        }
        for (String field : fields.keySet()) {
            if (!field.equals(RECORD) && !field.equals(EXPECT_VERSION)) {
                throw new InvalidRecord(
                        Shown.of(field), "expected only " + EXPECT_VERSION + " beside the record, but this is another");
            }
        }
        Expect expect = expect(EXPECT_VERSION, fields.get(EXPECT_VERSION));
        return new Append(List.of(parse(record)), expect);
    }

    /** The number of records a thread must hold, as a caller writes it; anything when it is absent. */
    public static Expect expect(String field, String digits) {
        Long version = whole(field, digits);
        if (version != null && version > Draft.CLOCK_MAX) {
            throw new InvalidRecord(field, "expected 0 to " + Draft.CLOCK_MAX + ", but was " + version);
        }
        return version == null ? Expect.ANYTHING : Expect.length(version);
    }

    private static Draft draft(Map<String, String> fields) {
        for (String field : fields.keySet()) {
            if (!FIELDS.contains(field)) {
                throw new InvalidRecord(
                        Shown.of(field), "expected only " + String.join(", ", FIELDS) + ", but this is another");
            }
        }
        return new Draft(
                parents(fields.get("parents")),
                new ThreadId(text("thread", required(fields, "thread"))),
                new Did(text("actor", required(fields, "actor"))),
                oneOf(Act.class, "act", required(fields, "act")),
                body(required(fields, "body")),
                whole("clock", fields.get("clock")),
                isAbsent(fields.get("data_type"))
                        ? DataType.SCALAR
                        : oneOf(DataType.class, "data_type", fields.get("data_type")),
                isAbsent(fields.get("judged_by")) ? null : id("judged_by", fields.get("judged_by")));
    }

    private static boolean isAbsent(String canonical) {
        return canonical == null || canonical.equals("null");
    }

    private static String required(Map<String, String> fields, String field) {
        String canonical = fields.get(field);
        if (canonical == null) {
            throw new InvalidRecord(field, "expected a value, but the field is missing");
        }
        return canonical;
    }

    private static Json body(String canonical) {
        if (canonical.charAt(0) != '{') {
            throw wrong("body", "a JSON object", canonical);
        }
        return Json.canonical(canonical);
    }

    private static Long whole(String field, String canonical) {
        if (isAbsent(canonical)) {
            return null;
        }
        if (canonical.isEmpty() || canonical.length() > 16 || !canonical.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw wrong(field, "an integer from 0 to " + Draft.CLOCK_MAX, canonical);
        }
        return Long.valueOf(canonical);
    }

    private static List<EntryId> parents(String canonical) {
        if (canonical == null || canonical.equals("[]")) {
            return List.of();
        }
        if (canonical.charAt(0) != '[') {
            throw wrong("parents", "an array of record ids", canonical);
        }
        List<EntryId> ids = new ArrayList<>();
        String[] elements = canonical.substring(1, canonical.length() - 1).split(",", Draft.PARENTS_MAX * 4);
        for (String element : elements) {
            ids.add(id("parents[" + ids.size() + "]", element));
        }
        return ids;
    }

    private static EntryId id(String field, String canonical) {
        try {
            return new EntryId(text(field, canonical));
        } catch (InvalidRecord misshapen) {
            throw new InvalidRecord(field, misshapen.getMessage());
        }
    }

    private static <E extends Enum<E>> E oneOf(Class<E> type, String field, String canonical) {
        String name = text(field, canonical);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(name)) {
                return constant;
            }
        }
        throw wrong(field, "one of " + Arrays.toString(type.getEnumConstants()), canonical);
    }

    /** No valid value of these fields holds an escape, so one that does stays as it is and is refused by its shape. */
    private static String text(String field, String canonical) {
        if (canonical.charAt(0) != '"' || canonical.length() < 2 || !canonical.endsWith("\"")) {
            throw wrong(field, "a string", canonical);
        }
        return canonical.substring(1, canonical.length() - 1);
    }

    private static InvalidRecord wrong(String field, String expected, String canonical) {
        return new InvalidRecord(field, "expected " + expected + ", but was " + Shown.of(canonical));
    }
}
