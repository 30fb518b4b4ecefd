package io.fourfold.web;

import io.fourfold.container.Instance;
import io.fourfold.log.Log;
import io.fourfold.log.Refusal;
import io.fourfold.log.ThreadId;
import io.fourfold.snapshot.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.List;
import java.util.stream.Stream;

/** Threads as a file: NDJSON, a manifest first. */
@ApplicationScoped
@Path("threads/{ids}/snapshot")
public class SnapshotResource {

    @Inject
    Log log;

    @Inject
    Clock clock;

    /** Of one thread, or of several with commas between. */
    @GET
    public Response snapshot(@PathParam("ids") String ids) {
        List<ThreadId> threads = Stream.of(ids.split(",")).map(ThreadId::new).toList();
        for (ThreadId thread : threads) {
            if (log.thread(thread, 0, 1).isEmpty()) {
                throw new Refused(Refusal.Code.NOT_FOUND, "Expected a thread, but " + thread + " has no records");
            }
        }
        Snapshot snapshot = Snapshot.of(threads, log, clock.instant(), Instance.name());
        if (snapshot.isTooLarge()) {
            throw new Refused(
                    Refusal.Code.TOO_LARGE,
                    "Expected at most " + Snapshot.RECORDS_MAX + " records in a snapshot, but there are more: "
                            + "fourfold backup has no limit");
        }
        return NdJson.of(lines -> snapshot.write(lines::line));
    }
}
