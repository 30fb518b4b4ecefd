package io.fourfold.log;

import java.util.HexFormat;
import java.util.Optional;

/** SHA-256 of a record's canonical JSON, as 64 lower-case hexadecimal digits. */
public record EntryId(String hex) implements Comparable<EntryId> {

    private static final int DIGITS = 64;

    public EntryId {
        if (hex == null || !isWellFormed(hex)) {
            throw new InvalidRecord("id", "expected 64 lower-case hexadecimal digits, but was " + Shown.of(hex));
        }
    }

    /** By hand: ids are made on the hot path, where a pattern costs as much as the hash. */
    private static boolean isWellFormed(String hex) {
        for (int i = 0; i < hex.length(); i++) {
            char c = hex.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return hex.length() == DIGITS;
    }

    /** Empty for a text that is no id. */
    public static Optional<EntryId> parse(String text) {
        return isWellFormed(text) ? Optional.of(new EntryId(text)) : Optional.empty();
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
