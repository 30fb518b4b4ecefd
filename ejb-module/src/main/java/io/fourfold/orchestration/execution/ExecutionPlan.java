package io.fourfold.orchestration.execution;

import io.fourfold.orchestration.workflow.Phase;
import io.fourfold.orchestration.workflow.Repositories.Repo;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

/**
 * All that an execution was started with; nothing of it changes later, whatever becomes of the workflow.
 *
 * @param workflowRevision which revision of the workflow it was, from 1
 * @param task       what {@code $ARGUMENTS} stands for, or null
 * @param inputs     every declared input with its value
 * @param repos      what is cloned, in order
 * @param phases     ascending by order
 * @param files      the package's companion files: path to SHA-256 in the content store
 * @param maxCostUsd for all phases together, or null
 * @param cause      the id of the record that asked for it, or null
 * @param ticket     what it waits in line with
 */
public record ExecutionPlan(
        String workflowId,
        String workflowName,
        long workflowRevision,
        String task,
        Map<String, String> inputs,
        List<Repo> repos,
        List<Phase> phases,
        Map<String, String> files,
        BigDecimal maxCostUsd,
        String cause,
        Ticket ticket) {

    public ExecutionPlan {
        inputs = Map.copyOf(inputs);
        repos = List.copyOf(repos);
        phases = List.copyOf(phases);
        files = Map.copyOf(files);
        ticket = ticket == null ? Ticket.plain() : ticket;
    }

    Phase phase(String id) {
        return phases.stream().filter(p -> p.id().equals(id)).findFirst().orElseThrow();
    }

    /** Where it is done. */
    public String namespace() {
        return ticket.namespace();
    }
}
