package io.fourfold.audit;

import io.fourfold.log.InvalidRecord;
import java.util.HexFormat;
import java.util.List;

/** A whole log as lines, from position 1: each is checked as it comes, and all of them against one root at the end. */
public final class RecordLines {

    private final CompactRange tree = new CompactRange();

    /**
     * The next record.
     *
     * @throws IllegalArgumentException naming the line, which is the position, and what is wrong with it
     */
    public StoredRow next(String line) {
        long position = tree.size() + 1;
        try {
            StoredRow row = StoredRow.parse(line);
            if (row.position() != position) {
                throw wrong(position, "expected position " + position + ", but was " + row.position());
            }
            List<Finding> found = RowChecks.of(row);
            if (!found.isEmpty()) {
                throw wrong(position, found.get(0).fault());
            }
            tree.add(Merkle.leaf(HexFormat.of().parseHex(row.id())));
            return row;
        } catch (InvalidRecord invalid) {
            throw wrong(position, invalid.field() + ": " + invalid.getMessage());
        }
    }

    /** Records so far. */
    public long size() {
        return tree.size();
    }

    /** @throws IllegalArgumentException when these were not {@code head} records with this root */
    public void end(long head, String root) {
        String actual = HexFormat.of().formatHex(tree.root());
        if (tree.size() != head || !actual.equals(root)) {
            throw new IllegalArgumentException("Expected " + head + " records with the root " + root
                    + ", but there are " + tree.size() + " with the root " + actual);
        }
    }

    private static IllegalArgumentException wrong(long line, String reason) {
        return new IllegalArgumentException("Line " + line + " of the records: " + reason);
    }
}
