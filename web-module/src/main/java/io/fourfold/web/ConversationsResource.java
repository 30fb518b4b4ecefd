package io.fourfold.web;

import io.fourfold.artifact.ContentStore;
import io.fourfold.telemetry.ObservationType;
import io.fourfold.telemetry.TelemetryStore;
import io.fourfold.view.SessionRow;
import io.fourfold.view.Views;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The output of a session, line by line, once the session is over. */
@ApplicationScoped
@Path("conversations")
public class ConversationsResource {

    /** Tool calls of one session that are counted. */
    static final int TOOLS_MAX = 10_000;

    @Inject
    Views views;

    @Inject
    ContentStore content;

    @Inject
    TelemetryStore telemetry;

    record Conversation(String sessionId, List<ConversationLine> lines, int totalLines, Metadata metadata) {}

    record Metadata(
            String sessionId,
            String executionId,
            String workflowId,
            String phaseId,
            Integer eventCount,
            long totalInputTokens,
            long totalOutputTokens,
            Map<String, Long> toolCounts,
            Instant startedAt,
            Instant completedAt,
            String model,
            Boolean success,
            Integer sizeBytes) {}

    @GET
    @Path("{id}")
    public Response show(
            @PathParam("id") String id,
            @QueryParam("offset") @DefaultValue("0") int offset,
            @QueryParam("limit") @DefaultValue("100") int limit) {
        SessionRow row = Lookup.one(views, SessionRow.class, "session", id);
        List<String> lines = text(row).lines().toList();
        int from = Math.min(Math.max(0, offset), lines.size());
        int to = Math.min(lines.size(), from + Filters.limit(limit));
        List<ConversationLine> shown = IntStream.range(from, to)
                .mapToObj(i -> ConversationLine.of(i + 1, lines.get(i)))
                .toList();
        return Answer.ok(new Conversation(row.id, shown, lines.size(), metadata(row)));
    }

    @GET
    @Path("{id}/metadata")
    public Response metadata(@PathParam("id") String id) {
        return Answer.ok(metadata(Lookup.one(views, SessionRow.class, "session", id)));
    }

    private Map<String, Long> toolCounts(String sessionId) {
        return telemetry.ofSession(sessionId, List.of(ObservationType.TOOL_STARTED), TOOLS_MAX).stream()
                .flatMap(o -> o.data().text("tool_name").stream())
                .collect(Collectors.groupingBy(tool -> tool, TreeMap::new, Collectors.counting()));
    }

    private Metadata metadata(SessionRow row) {
        String text = text(row);
        boolean over = row.completedAt != null;
        return new Metadata(
                row.id,
                row.executionId,
                row.workflowId,
                row.phaseId,
                over ? (int) text.lines().count() : null,
                row.inputTokens,
                row.outputTokens,
                toolCounts(row.id),
                row.startedAt,
                row.completedAt,
                row.model,
                over ? row.status.equals("completed") : null,
                over ? text.getBytes(StandardCharsets.UTF_8).length : null);
    }

    private String text(SessionRow row) {
        return row.conversationSha256 == null
                ? ""
                : content.read(row.conversationSha256)
                        .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                        .orElse("");
    }
}
