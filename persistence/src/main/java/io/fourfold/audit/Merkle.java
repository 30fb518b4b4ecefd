package io.fourfold.audit;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Hashes of RFC 6962, section 2.1: leaves and nodes begin with different bytes, so that neither passes for the other.
 */
public final class Merkle {

    /** Of one hash. */
    public static final int HASH_BYTES = 32;

    private static final byte LEAF = 0;
    private static final byte NODE = 1;

    private Merkle() {}

    /** The root of a tree without leaves. */
    public static byte[] empty() {
        return sha256(new byte[0]);
    }

    public static byte[] leaf(byte[] entry) {
        MessageDigest digest = digest();
        digest.update(LEAF);
        return digest.digest(entry);
    }

    public static byte[] node(byte[] left, byte[] right) {
        MessageDigest digest = digest();
        digest.update(NODE);
        digest.update(left);
        return digest.digest(right);
    }

    /** The largest power of two below {@code size}, which is at least 2: the leaves of the left child. */
    static long split(long size) {
        return Long.highestOneBit(size - 1);
    }

    static byte[] sha256(byte[] bytes) {
        return digest().digest(bytes);
    }

    static MessageDigest digest() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("Every Java platform has SHA-256", impossible);
        }
    }
}
