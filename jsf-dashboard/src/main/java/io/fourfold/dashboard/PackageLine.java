package io.fourfold.dashboard;

import io.fourfold.view.PackageRow;
import java.time.Instant;
import java.util.List;

/**
 * An installed package in the list.
 *
 * @param source    where it came from: {@code git https://… @ v2 (0123456789ab)}
 * @param record    the address of all that is known of it
 * @param changed   null when it is as it was installed
 */
public record PackageLine(
        String name,
        String release,
        String description,
        String source,
        String record,
        List<Part> workflows,
        Moment installed,
        Moment changed) {

    private static final int COMMIT_CHARS = 12;

    /** One of its workflows, with the address of its executions. */
    public record Part(String id, String link) {

        static Part of(String id) {
            return new Part(
                    id, Address.of("executions.xhtml").with("workflow", id).toString());
        }
    }

    static PackageLine of(PackageRow row, Instant now) {
        return new PackageLine(
                row.id,
                row.release,
                row.description,
                source(row),
                "/api/v1/packages/" + Address.encoded(row.id),
                row.workflows.stream().map(Part::of).toList(),
                Moment.of(row.installedAt, now),
                row.changedAt.equals(row.installedAt) ? null : Moment.of(row.changedAt, now));
    }

    private static String source(PackageRow row) {
        String ref = row.ref == null ? "" : " @ " + row.ref;
        String commit = row.commitId == null
                ? ""
                : " (" + row.commitId.substring(0, Math.min(COMMIT_CHARS, row.commitId.length())) + ")";
        return row.kind + " " + row.source + ref + commit;
    }
}
