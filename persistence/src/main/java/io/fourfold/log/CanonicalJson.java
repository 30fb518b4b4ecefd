package io.fourfold.log;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * RFC 8785 canonical JSON, strict: any JCS implementation prints the same text for the same input, and what JCS could
 * not keep exactly is refused with {@link InvalidRecord}, never altered.
 */
public final class CanonicalJson {

    /** Arrays and objects inside one another. */
    public static final int NESTING_MAX = 64;

    /** One JSON text as UTF-8. */
    public static final int TEXT_BYTES_MAX = 1024 * 1024;

    private static final char REPLACEMENT = '\uFFFD';

    private CanonicalJson() {}

    public static String of(String text) {
        return scan(text).canonical();
    }

    public static String of(byte[] utf8) {
        return of(decode(utf8));
    }

    /** The members of a JSON object, each value in canonical form, in canonical order. */
    static Map<String, String> members(String text) {
        return scan(text).topMembers();
    }

    /** A JSON string with quotes and JCS escapes. */
    static String quote(String value) {
        StringBuilder out = new StringBuilder(value.length() + 2);
        JsonString.write(value, out);
        return out.toString();
    }

    static String decode(byte[] utf8) {
        if (utf8.length > TEXT_BYTES_MAX) {
            throw tooLong(utf8.length);
        }
        String decoded = new String(utf8, StandardCharsets.UTF_8);
        return decoded.indexOf(REPLACEMENT) < 0 ? decoded : decodeStrictly(utf8);
    }

    /** Tells a replacement character that was sent from one that stands for broken bytes. */
    private static String decodeStrictly(byte[] utf8) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(utf8))
                    .toString();
        } catch (CharacterCodingException broken) {
            throw new InvalidRecord("", "expected valid UTF-8, but " + broken.getMessage());
        }
    }

    private static JsonScanner scan(String text) {
        if (text.length() > TEXT_BYTES_MAX / 3) {
            long bytes = utf8Length(text);
            if (bytes > TEXT_BYTES_MAX) {
                throw tooLong(bytes);
            }
        }
        return new JsonScanner(text).scan();
    }

    private static long utf8Length(String text) {
        return text.codePoints()
                .mapToLong(point -> point < 0x80 ? 1 : point < 0x800 ? 2 : point < 0x10000 ? 3 : 4)
                .sum();
    }

    /** What is said of a text longer than {@link #TEXT_BYTES_MAX}, also where it was not read to its end. */
    public static InvalidRecord tooLong(long bytes) {
        return new InvalidRecord("", "expected at most " + TEXT_BYTES_MAX + " bytes, but got " + bytes);
    }
}
