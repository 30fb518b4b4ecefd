package io.fourfold.dashboard;

import io.fourfold.routing.Cascade;
import java.util.List;
import java.util.Map;

/**
 * What the list of dispatches is asked for; all of it is in the address. Values that mean nothing fall back to their
 * defaults.
 *
 * @param status wire name, or empty for all
 * @param step   of the cascade that decided, or empty for all
 * @param sort   a key of {@link #ORDERS}; a leading minus turns it round
 * @param page   from 1
 * @param record the one whose trace is shown, or empty
 */
public record DispatchQuery(String status, String step, String sort, int page, String record) {

    static final int PAGE_SIZE = 25;
    static final String NEWEST = "-routed";

    static final List<Status> STATUSES = List.of(
            new Status("unrouted", "Left to people", "hold"),
            new Status("waiting", "Waiting", "quiet"),
            new Status("running", "Running", "run"),
            new Status("handed_over", "Handed over", "run"),
            new Status("succeeded", "Succeeded", "ok"),
            new Status("failed", "Failed", "fail"));

    private static final Map<String, String> ORDERS =
            Map.of("routed", "r.routedAt", "cost", "r.costUsd", "latency", "coalesce(r.latencyMs, 0)");

    static DispatchQuery of(String status, String step, String sort, String page, String record) {
        boolean known = STATUSES.stream().anyMatch(s -> s.wire().equals(status));
        String key = sort == null ? "" : sort.replaceFirst("^-", "");
        return new DispatchQuery(
                known ? status : "",
                step != null && Cascade.steps().contains(step) ? step : "",
                ORDERS.containsKey(key) ? sort : NEWEST,
                ListQuery.page(page),
                record == null ? "" : record);
    }

    static Status status(String wire) {
        return STATUSES.stream()
                .filter(status -> status.wire().equals(wire))
                .findFirst()
                .orElse(new Status(wire, Words.title(wire), "quiet"));
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

    DispatchQuery withStatus(String other) {
        return new DispatchQuery(other, step, sort, 1, record);
    }

    DispatchQuery withStep(String other) {
        return new DispatchQuery(status, other, sort, 1, record);
    }

    DispatchQuery withPage(int other) {
        return new DispatchQuery(status, step, sort, other, record);
    }

    DispatchQuery withRecord(String other) {
        return new DispatchQuery(status, step, sort, page, other);
    }

    /** The address of the same list without a trace. */
    public String withoutRecord() {
        return withRecord("").link();
    }

    /** A figure is first wanted from the largest. */
    DispatchQuery sortedBy(String column) {
        boolean down = !key().equals(column) || !descending();
        return new DispatchQuery(status, step, (down ? "-" : "") + column, 1, record);
    }

    Column column(String key, String text) {
        String direction = !key().equals(key) ? "none" : descending() ? "descending" : "ascending";
        return new Column(key, text, sortedBy(key).link(), direction);
    }

    /** The address of this list; what has its default is left out. */
    public String link() {
        return Address.of("routing.xhtml")
                .with("status", status)
                .with("step", step)
                .with("sort", sort.equals(NEWEST) ? "" : sort)
                .with("page", page, 1)
                .with("record", record)
                .toString();
    }
}
