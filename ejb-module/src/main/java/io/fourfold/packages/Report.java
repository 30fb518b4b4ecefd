package io.fourfold.packages;

import java.util.List;

/**
 * What was done with a package, or would be.
 *
 * @param status {@code installed, updated, unchanged, uninstalled}
 */
public record Report(
        String name, String status, Content content, List<WorkflowChange> workflows, List<TriggerChange> triggers) {

    public Report {
        workflows = List.copyOf(workflows);
        triggers = List.copyOf(triggers);
    }

    /** @param change {@code created, revised, unchanged, archived} */
    public record WorkflowChange(String id, long revision, String change) {}

    /** @param change {@code added, replaced, unchanged, retired} */
    public record TriggerChange(String name, String namespace, String change) {}
}
