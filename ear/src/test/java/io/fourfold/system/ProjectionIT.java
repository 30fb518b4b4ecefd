package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** Read models of a server at work, folded again while it is asked and written to. */
class ProjectionIT {

    private static final int RECORDS_LEAST = 200;
    private static final String JSON = "application/json";

    private final TestServer server = TestServer.shared();

    @Test
    void aReadModelIsFoldedAgainWhileRecordsComeAndNoReadFails() {
        AtomicBoolean over = new AtomicBoolean();
        AtomicInteger written = new AtomicInteger();
        AtomicInteger read = new AtomicInteger();
        CompletableFuture<Void> writing = CompletableFuture.runAsync(() -> {
            while (!over.get() || written.get() < RECORDS_LEAST) {
                int n = written.incrementAndGet();
                assertThat(server.post("/api/v1/records", JSON, """
                                {"thread":"th_rebuilt.%d","actor":"did:fourfold:user:it","act":"KNOW","body":{"n":%d}}
                                """.formatted(n % 10, n))
                                .statusCode())
                        .isEqualTo(201);
            }
        });
        CompletableFuture<Void> reading = CompletableFuture.runAsync(() -> {
            while (!over.get()) {
                assertThat(server.get("/api/v1/threads?page_size=5").statusCode())
                        .isEqualTo(200);
                read.incrementAndGet();
            }
        });
        for (int round = 0; round < 2; round++) {
            Cli.Result rebuilt = server.cli("projection", "rebuild", "thread_state");
            assertThat(rebuilt.exit()).as(rebuilt.err()).isZero();
            assertThat(rebuilt.out()).startsWith("thread_state done at ");
        }
        over.set(true);
        writing.join();
        reading.join();
        assertThat(read.get()).isPositive();
        Wait.until(() ->
                server.read("/api/v1/projections/thread_state").path("lag").asLong() == 0);
        int n = written.get();
        int records = 0;
        for (int thread = 0; thread < 10; thread++) {
            records += server.read("/api/v1/threads/th_rebuilt." + thread)
                    .path("records")
                    .asInt();
        }
        assertThat(records).isEqualTo(n);
    }

    @Test
    void theReadModelsAreListedWithWhereTheyStand() {
        Cli.Result listed = server.cli("projection", "list");
        assertThat(listed.exit()).isZero();
        assertThat(listed.out()).contains("execution_detail", "organization_tree", "unrouted_queue");
        JsonNode all = server.read("/api/v1/projections");
        assertThat(all.path("total").asInt()).isEqualTo(23);
        assertThat(all.path("projections")).allSatisfy(one -> {
            assertThat(one.path("failure").isMissingNode()
                            || one.path("failure").isNull())
                    .isTrue();
            assertThat(one.path("parked")).isEmpty();
        });
    }

    @Test
    void whatIsNoReadModelIsRefused() {
        assertThat(server.cli("projection", "rebuild", "nonsense").exit()).isEqualTo(4);
        assertThat(server.post("/api/v1/projections/nonsense/rebuild", JSON, "{}")
                        .statusCode())
                .isEqualTo(404);
    }
}
