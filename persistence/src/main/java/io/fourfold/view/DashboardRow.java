package io.fourfold.view;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** {@code dashboard_metrics}: the executions of one workflow that were queued on one day. */
@Entity
@Table(name = "view_dashboard_metrics")
public class DashboardRow extends TallyRow {
    /** Day, a slash, workflow id. */
    @Id
    public String id;

    public String workflowId;
}
