package io.fourfold.log;

/** RFC 8785 canonical JSON, strict. */
public final class CanonicalJson {

    private CanonicalJson() {}

    static String of(String text) {
        throw new InvalidRecord("", "not read: " + text);
    }
}
