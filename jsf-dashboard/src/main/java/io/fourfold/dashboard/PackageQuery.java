package io.fourfold.dashboard;

import java.util.Map;

/**
 * What the list of packages is asked for; all of it is in the address. Values that mean nothing fall back to their
 * defaults.
 *
 * @param sort a key of {@link #ORDERS}; a leading minus turns it round
 * @param page from 1
 */
public record PackageQuery(String sort, int page) {

    static final int PAGE_SIZE = 25;
    static final String BY_NAME = "name";

    private static final Map<String, String> ORDERS = Map.of(BY_NAME, "r.id", "installed", "r.installedAt");

    static PackageQuery of(String sort, String page) {
        String key = sort == null ? "" : sort.replaceFirst("^-", "");
        return new PackageQuery(ORDERS.containsKey(key) ? sort : BY_NAME, ListQuery.page(page));
    }

    String order() {
        return ORDERS.get(key()) + (descending() ? " desc" : " asc") + ", r.id";
    }

    private String key() {
        return sort.replaceFirst("^-", "");
    }

    private boolean descending() {
        return sort.startsWith("-");
    }

    /** A time is first wanted from the latest, a name from A. */
    Column column(String column, String text) {
        boolean chosen = key().equals(column);
        boolean down = chosen ? !descending() : column.equals("installed");
        String direction = !chosen ? "none" : descending() ? "descending" : "ascending";
        return new Column(column, text, new PackageQuery((down ? "-" : "") + column, 1).link(), direction);
    }

    PackageQuery withPage(int other) {
        return new PackageQuery(sort, other);
    }

    /** The address of this list; what has its default is left out. */
    public String link() {
        return Address.of("packages.xhtml")
                .with("sort", sort.equals(BY_NAME) ? "" : sort)
                .with("page", page, 1)
                .toString();
    }
}
