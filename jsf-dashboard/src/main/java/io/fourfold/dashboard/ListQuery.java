package io.fourfold.dashboard;

import java.util.Map;

/**
 * What the list of executions is asked for: all of it is in the address, so that it can be kept and sent. Values that
 * mean nothing fall back to their defaults.
 *
 * @param status   wire name, or empty for all
 * @param workflow id, or empty for all
 * @param sort     a key of {@link #ORDERS}; a leading minus turns it round
 * @param page     from 1
 */
public record ListQuery(String status, String workflow, String sort, int page) {

    static final int PAGE_SIZE = 25;
    static final int PAGE_LAST = 100_000;
    static final String NEWEST = "-queued";

    private static final Map<String, String> ORDERS = Map.of(
            "queued", "r.queuedAt",
            "workflow", "r.workflowName",
            "status", "r.status",
            "phases", "r.completedPhases",
            "tools", "r.toolCalls",
            "cost", "r.costUsd");

    static ListQuery of(String status, String workflow, String sort, String page) {
        boolean known = Status.ALL.stream().anyMatch(s -> s.wire().equals(status));
        String key = sort == null ? "" : sort.replaceFirst("^-", "");
        return new ListQuery(
                known ? status : "",
                workflow == null ? "" : workflow,
                ORDERS.containsKey(key) ? sort : NEWEST,
                page(page));
    }

    /** From 1, for an address that may say anything. */
    static int page(String text) {
        return text != null && text.matches("[1-9]\\d{0,5}") ? Math.min(PAGE_LAST, Integer.parseInt(text)) : 1;
    }

    String order() {
        return ORDERS.get(key()) + (descending() ? " desc" : " asc") + ", r.id";
    }

    String key() {
        return sort.replaceFirst("^-", "");
    }

    boolean descending() {
        return sort.startsWith("-");
    }

    ListQuery withStatus(String other) {
        return new ListQuery(other, workflow, sort, 1);
    }

    ListQuery withPage(int other) {
        return new ListQuery(status, workflow, sort, other);
    }

    /** A figure is first wanted from the largest, a name from A. */
    ListQuery sortedBy(String column) {
        boolean names = column.equals("workflow") || column.equals("status");
        boolean down = key().equals(column) ? !descending() : !names;
        return new ListQuery(status, workflow, (down ? "-" : "") + column, 1);
    }

    /** The address of this list; what has its default is left out. */
    public String link() {
        return Address.of("executions.xhtml")
                .with("status", status)
                .with("workflow", workflow)
                .with("sort", sort.equals(NEWEST) ? "" : sort)
                .with("page", page, 1)
                .toString();
    }
}
