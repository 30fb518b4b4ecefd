package io.fourfold.audit;

import io.fourfold.log.Draft;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Json;
import java.util.ArrayList;
import java.util.List;

/** What one record alone can be wrong in: its id, its parents, and what is kept beside its body. */
public final class RowChecks {

    private static final String ID = "[0-9a-f]{64}";
    private static final String DEFAULT_NAMESPACE = "default";

    private RowChecks() {}

    /** Empty when the row is what was written. */
    public static List<Finding> of(StoredRow row) {
        List<Finding> found = new ArrayList<>();
        String computed = row.computedId();
        if (!computed.equals(row.id())) {
            found.add(new Finding(
                    row.position(),
                    row.thread(),
                    "Expected a record whose id is " + row.id() + ", but its fields have the id " + computed,
                    row.id(),
                    computed));
        }
        parents(row, found);
        if (computed.equals(row.id())) {
            beside(row, found);
        }
        return found;
    }

    private static void parents(StoredRow row, List<Finding> found) {
        if (row.parents().size() > Draft.PARENTS_MAX) {
            found.add(Finding.of(
                    row,
                    "Expected at most " + Draft.PARENTS_MAX + " parents, but there are "
                            + row.parents().size()));
        }
        String before = "";
        for (String parent : row.parents()) {
            if (!parent.matches(ID)) {
                found.add(Finding.of(row, "Expected a parent of 32 bytes, but it is " + parent));
            } else if (parent.compareTo(before) <= 0) {
                found.add(Finding.of(
                        row, "Expected parents ascending without duplicates, but " + parent + " follows " + before));
            }
            before = parent;
        }
        if (row.judgedBy() != null && !row.judgedBy().matches(ID)) {
            found.add(Finding.of(row, "Expected judged_by of 32 bytes, but it is " + row.judgedBy()));
        }
    }

    /** Namespace and kind are copies of what the body says; no id covers them. */
    private static void beside(StoredRow row, List<Finding> found) {
        try {
            Json body = Json.canonical(row.body());
            String namespace = body.text("namespace").orElse(DEFAULT_NAMESPACE);
            String kind = body.text("kind").orElse("");
            if (!namespace.equals(row.namespace())) {
                found.add(Finding.of(
                        row, "Expected the namespace " + namespace + " beside the body, but it is " + row.namespace()));
            }
            if (row.kind() != null && !kind.equals(row.kind())) {
                found.add(Finding.of(row, "Expected the kind " + kind + " beside the body, but it is " + row.kind()));
            }
            row.entry();
        } catch (InvalidRecord invalid) {
            found.add(Finding.of(row, invalid.field() + ": " + invalid.getMessage()));
        } catch (IllegalStateException notJson) {
            found.add(Finding.of(row, "Expected a body of JSON, but " + notJson.getMessage()));
        }
    }
}
