package io.fourfold.audit;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Proofs of RFC 6962, section 2.1: how they are made, and how they are checked with nothing but hashes. */
public final class Proofs {

    /** Roots of the subtrees over leaves {@code start} (included) to {@code end} (excluded) of one log. */
    public interface Subtrees {
        byte[] root(long start, long end);
    }

    private Proofs() {}

    /** The hashes that lead from a leaf to the root of the first {@code size} leaves, from the bottom up. */
    public static List<byte[]> inclusion(long index, long size, Subtrees tree) {
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("Expected a leaf below " + size + ", but got " + index);
        }
        List<byte[]> path = new ArrayList<>();
        descend(index, 0, size, tree, path);
        return path;
    }

    private static void descend(long index, long start, long end, Subtrees tree, List<byte[]> path) {
        if (end - start == 1) {
            return;
        }
        long middle = start + Merkle.split(end - start);
        if (index < middle) {
            descend(index, start, middle, tree, path);
            path.add(tree.root(middle, end));
        } else {
            descend(index, middle, end, tree, path);
            path.add(tree.root(start, middle));
        }
    }

    /** The hashes that show that the first {@code from} of {@code to} leaves were never changed. */
    public static List<byte[]> consistency(long from, long to, Subtrees tree) {
        if (from < 0 || from > to) {
            throw new IllegalArgumentException("Expected 0 to " + to + " leaves, but got " + from);
        }
        List<byte[]> path = new ArrayList<>();
        if (from > 0 && from < to) {
            narrow(from, 0, to, true, tree, path);
        }
        return path;
    }

    private static void narrow(long from, long start, long end, boolean known, Subtrees tree, List<byte[]> path) {
        if (from == end) {
            if (!known) {
                path.add(tree.root(start, end));
            }
            return;
        }
        long middle = start + Merkle.split(end - start);
        if (from <= middle) {
            narrow(from, start, middle, known, tree, path);
            path.add(tree.root(middle, end));
        } else {
            narrow(from, middle, end, false, tree, path);
            path.add(tree.root(start, middle));
        }
    }

    /** Whether a leaf is at its place under a root (RFC 9162, section 2.1.3.2). */
    public static boolean isIncluded(byte[] leaf, long index, long size, List<byte[]> path, byte[] root) {
        if (index < 0 || index >= size) {
            return false;
        }
        long place = index;
        long last = size - 1;
        byte[] hash = leaf;
        for (byte[] step : path) {
            if (last == 0) {
                return false;
            }
            if ((place & 1) == 1 || place == last) {
                hash = Merkle.node(step, hash);
                int up = rise(place);
                place >>= up;
                last >>= up;
            } else {
                hash = Merkle.node(hash, step);
            }
            place >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(hash, root);
    }

    /** Whether the tree of {@code to} leaves begins with that of {@code from} leaves (RFC 9162, section 2.1.4.2). */
    public static boolean isConsistent(long from, byte[] fromRoot, long to, byte[] toRoot, List<byte[]> path) {
        if (from == to) {
            return path.isEmpty() && Arrays.equals(fromRoot, toRoot);
        }
        if (from == 0) {
            return path.isEmpty() && Arrays.equals(fromRoot, Merkle.empty());
        }
        return from > 0 && from < to && climb(from, fromRoot, to, toRoot, path);
    }

    private static boolean climb(long from, byte[] fromRoot, long to, byte[] toRoot, List<byte[]> path) {
        List<byte[]> steps = new ArrayList<>(path);
        if (Long.bitCount(from) == 1) {
            steps.add(0, fromRoot);
        }
        if (steps.isEmpty()) {
            return false;
        }
        int skipped = Long.numberOfTrailingZeros(from);
        long place = (from - 1) >> skipped;
        long last = (to - 1) >> skipped;
        byte[] older = steps.get(0);
        byte[] newer = older;
        for (byte[] step : steps.subList(1, steps.size())) {
            if (last == 0) {
                return false;
            }
            if ((place & 1) == 1 || place == last) {
                older = Merkle.node(step, older);
                newer = Merkle.node(step, newer);
                int up = rise(place);
                place >>= up;
                last >>= up;
            } else {
                newer = Merkle.node(newer, step);
            }
            place >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(older, fromRoot) && Arrays.equals(newer, toRoot);
    }

    /** Levels at which a last leaf has no sibling. */
    private static int rise(long place) {
        return place == 0 ? Long.SIZE - 1 : Long.numberOfTrailingZeros(place);
    }
}
