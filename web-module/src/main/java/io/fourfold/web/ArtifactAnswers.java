package io.fourfold.web;

import io.fourfold.view.ArtifactRow;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Artifacts as the contract names their fields. */
final class ArtifactAnswers {

    private ArtifactAnswers() {}

    record Summary(
            String id,
            String workflowId,
            String executionId,
            String phaseId,
            String artifactType,
            String title,
            long sizeBytes,
            Instant createdAt) {}

    record Detail(
            String id,
            String workflowId,
            String executionId,
            String phaseId,
            String sessionId,
            String artifactType,
            boolean isPrimaryDeliverable,
            String content,
            String contentType,
            String contentHash,
            long sizeBytes,
            String title,
            List<String> derivedFrom,
            Instant createdAt,
            String createdBy,
            Map<String, String> metadata) {}

    record Content(String artifactId, String content, String contentType, Long sizeBytes) {}

    record Created(String id, String title, String artifactType, String status) {}

    record Action(String artifactId, String status) {}

    static Summary summary(ArtifactRow row) {
        return new Summary(
                row.id,
                row.workflowId,
                row.executionId,
                row.phaseId,
                row.type,
                row.title,
                row.sizeBytes,
                row.createdAt);
    }

    static Detail detail(ArtifactRow row, String content) {
        return new Detail(
                row.id,
                row.workflowId,
                row.executionId,
                row.phaseId,
                row.sessionId,
                row.type,
                row.main,
                content,
                row.mediaType,
                row.sha256,
                row.sizeBytes,
                row.title,
                row.derivedFrom,
                row.createdAt,
                row.createdBy,
                row.metadata);
    }
}
