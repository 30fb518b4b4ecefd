package io.fourfold.audit;

import java.time.Instant;
import java.util.HexFormat;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Goes over the log in order of position and names what is not as it was written: ids, parents, missing positions,
 * times that run back, and roots that differ from those signed. Keeps a few kilobytes, however long the log.
 */
public final class Rehash {

    private final Map<Long, String> signedRoots;
    private final Consumer<Finding> findings;
    private final CompactRange tree = new CompactRange();
    private final boolean whole;
    private Instant lastTime = Instant.MIN;
    private long last;
    private long checked;
    private long found;

    /**
     * @param after       the position before the first to be checked; roots are compared only when it is 0
     * @param signedRoots root in hexadecimal by size, of the tree heads there are
     */
    public Rehash(long after, Map<Long, String> signedRoots, Consumer<Finding> findings) {
        this.last = after;
        this.whole = after == 0;
        this.signedRoots = Map.copyOf(signedRoots);
        this.findings = findings;
    }

    public void row(StoredRow row) {
        follow(row.position(), row.thread());
        checked++;
        RowChecks.of(row).forEach(this::name);
        if (row.recordedAt().isBefore(lastTime)) {
            name(Finding.of(row, "Expected recorded_at not before " + lastTime + ", but it is " + row.recordedAt()));
        }
        lastTime = row.recordedAt();
        if (whole) {
            grow(row);
        }
    }

    /** A row that is there and that the database cannot give. */
    public void unreadable(long position, String why) {
        follow(position, null);
        checked++;
        name(new Finding(position, null, "Expected a record that can be read, but " + why, null, null));
    }

    /** To be called once, after the last row. */
    public void end(long head) {
        follow(head + 1, null);
    }

    /** Something that was found by other means. */
    public void name(Finding finding) {
        found++;
        findings.accept(finding);
    }

    public long checked() {
        return checked;
    }

    public long found() {
        return found;
    }

    private void follow(long position, String thread) {
        if (position != last + 1) {
            String missing = position - 1 == last + 1 ? "a record" : "records up to " + (position - 1);
            name(new Finding(
                    last + 1, thread, "Expected " + missing + " at this position, but there is none", null, null));
        }
        last = position;
    }

    private void grow(StoredRow row) {
        tree.add(Merkle.leaf(HexFormat.of().parseHex(row.id())));
        String signed = tree.size() == row.position() ? signedRoots.get(tree.size()) : null;
        String root = signed == null ? null : HexFormat.of().formatHex(tree.root());
        if (signed != null && !signed.equals(root)) {
            name(Finding.of(
                    row,
                    "Expected the signed root " + signed + " over the records up to this one, but it is " + root
                            + ": a record up to here is another than when it was signed"));
        }
    }
}
