package io.fourfold.snapshot;

import io.fourfold.log.EntryId;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The hash over a sequence of ids, see {@link Manifest#idsSha256}. */
final class IdDigest {

    private final MessageDigest digest;
    private long count;

    IdDigest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }

    void add(EntryId id) {
        digest.update((id.hex() + "\n").getBytes(StandardCharsets.US_ASCII));
        count++;
    }

    long count() {
        return count;
    }

    /** To be called once. */
    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
