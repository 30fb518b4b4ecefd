package io.fourfold.audit;

import java.util.ArrayDeque;
import java.util.Deque;

/** A tree that grows by leaves and remembers only its right edge: at most 63 hashes, however many leaves. */
public final class CompactRange {

    /** Roots of complete subtrees, the smallest first. */
    private final Deque<byte[]> edge = new ArrayDeque<>();

    private long size;

    /** Adds the hash of a leaf. */
    public void add(byte[] leaf) {
        byte[] hash = leaf;
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            hash = Merkle.node(edge.pop(), hash);
        }
        edge.push(hash);
        size++;
    }

    public long size() {
        return size;
    }

    public byte[] root() {
        byte[] root = null;
        for (byte[] subtree : edge) {
            root = root == null ? subtree : Merkle.node(subtree, root);
        }
        return root == null ? Merkle.empty() : root;
    }
}
