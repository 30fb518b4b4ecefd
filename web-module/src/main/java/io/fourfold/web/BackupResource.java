package io.fourfold.web;

import io.fourfold.audit.RowLine;
import io.fourfold.audit.StoredRow;
import io.fourfold.audit.jdbc.StoredRows;
import io.fourfold.backup.BackupManifest;
import io.fourfold.container.Database;
import io.fourfold.container.Instance;
import io.fourfold.container.TriggerHost;
import io.fourfold.engine.TreeHeads;
import io.fourfold.log.EntryJson;
import io.fourfold.log.jpa.CursorTable;
import io.fourfold.telemetry.TelemetryLines;
import io.fourfold.token.TokenLines;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import javax.sql.DataSource;

/**
 * What a backup is made of, while the server runs; content and keys lie in the data folder and are copied from there.
 */
@ApplicationScoped
@Path("backup")
public class BackupResource {

    @Inject
    Database database;

    @Inject
    TreeHeads heads;

    @Inject
    Clock clock;

    /** The manifest on the first line, then every record up to its head. Writing goes on meanwhile. */
    @GET
    @Path("records")
    public Response records() {
        DataSource source = database.source();
        StoredRows rows = new StoredRows(source);
        // First how far records were acted on: never further than the head that is read after.
        CursorTable cursors = new CursorTable(source);
        long reconciled = Math.min(
                cursors.cursor("reconcile").load(),
                cursors.cursor(TriggerHost.TAIL).load());
        long head = rows.head();
        BackupManifest manifest = new BackupManifest(
                BackupManifest.VERSION,
                head,
                heads.root(head),
                reconciled,
                EntryJson.instant(clock.instant()),
                Instance.name());
        return NdJson.of(lines -> {
            lines.line(manifest.line());
            rows.each(0, head, new StoredRows.Reader() {
                @Override
                public void row(StoredRow row) {
                    lines.line(RowLine.of(row));
                }

                @Override
                public void unreadable(long position, String why) {
                    throw new IllegalStateException("Record " + position + " cannot be read: " + why);
                }
            });
        });
    }

    @GET
    @Path("tokens")
    public Response tokens() {
        DataSource source = database.source();
        return NdJson.of(lines -> TokenLines.each(source, lines::line));
    }

    @GET
    @Path("telemetry")
    public Response telemetry() {
        DataSource source = database.source();
        return NdJson.of(lines -> TelemetryLines.each(source, lines::line));
    }
}
