package io.fourfold.web;

import io.fourfold.engine.Inlet;
import io.fourfold.log.Log;
import io.fourfold.log.Refusal;
import io.fourfold.snapshot.Restore;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;

/** Snapshots on their way back. */
@ApplicationScoped
@Path("threads/restore")
public class RestoreResource {

    /** One snapshot; it lies on disk while it is checked. */
    static final long SNAPSHOT_BYTES_MAX = 4L << 30;

    private static final int CHUNK_BYTES = 64 << 10;

    @Inject
    Log log;

    @Inject
    Inlet inlet;

    record Answered(boolean dryRun, Restore.Result restored) {}

    /** All records of the snapshot or none; with {@code dry_run} it is said what would happen. */
    @POST
    @Consumes({"application/x-ndjson", "application/octet-stream"})
    public Response restore(@QueryParam("dry_run") @DefaultValue("false") boolean dryRun, InputStream body)
            throws IOException {
        java.nio.file.Path file = Files.createTempFile("snapshot", ".ndjson");
        try {
            spool(body, file);
            return switch (new Restore(log, inlet::accept).restore(file, dryRun)) {
                case Restore.Outcome.Done done -> Answer.ok(new Answered(dryRun, done.result()));
                case Restore.Outcome.Refused refused -> throw new Refused(refused.refusal());
            };
        } finally {
            Files.delete(file);
        }
    }

    private static void spool(InputStream body, java.nio.file.Path file) throws IOException {
        long size = 0;
        byte[] chunk = new byte[CHUNK_BYTES];
        try (OutputStream out = Files.newOutputStream(file)) {
            for (int n = body.read(chunk); n >= 0; n = body.read(chunk)) {
                size += n;
                if (size > SNAPSHOT_BYTES_MAX) {
                    throw new Refused(
                            Refusal.Code.TOO_LARGE, "body: expected at most " + SNAPSHOT_BYTES_MAX + " bytes");
                }
                out.write(chunk, 0, n);
            }
        }
    }
}
