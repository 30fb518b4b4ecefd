package io.fourfold.orchestration.agent;

import io.fourfold.orchestration.workflow.Phase;
import java.time.Instant;
import java.util.Map;

/**
 * What an agent is told.
 *
 * @param prompt   the assembled prompt; for a {@code run} or {@code command} phase the assembled command line
 * @param deadline when it is stopped
 * @param repoFolder the first repository, relative to the workspace; null when there is none
 * @param files    the package's files by path, for {@code replay}: the recording and what lies under its
 *                 {@code workspace/} folder
 */
public record Brief(
        String executionId,
        Phase phase,
        String prompt,
        Instant deadline,
        String repoFolder,
        Map<String, byte[]> files) {}
