package io.fourfold.log;

import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256 of a record's canonical JSON, as 64 lower-case hexadecimal digits. */
public record EntryId(String hex) implements Comparable<EntryId> {

    private static final Pattern SHAPE = Pattern.compile("[0-9a-f]{64}");

    public EntryId {
        if (hex == null || !SHAPE.matcher(hex).matches()) {
            throw new InvalidRecord("id", "expected 64 lower-case hexadecimal digits, but was " + Shown.of(hex));
        }
    }

    public static EntryId of(byte[] sha256) {
        return new EntryId(HexFormat.of().formatHex(sha256));
    }

    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    @Override
    public int compareTo(EntryId other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return hex;
    }
}
