package io.fourfold.engine;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * From which web pages a browser may reach this server: its own. There is no sign-in that a foreign page would lack, so
 * a foreign name in {@code Host} (a name that was bound anew to this machine) is refused altogether, and a foreign
 * {@code Origin} wherever something may be changed. What is no browser sends no {@code Origin} and is not hindered.
 */
public final class Origins {

    private static final Set<String> SAFE_METHODS = Set.of("GET", "HEAD", "OPTIONS");
    private static final Pattern LOOPBACK = Pattern.compile("localhost|127(\\.\\d{1,3}){3}|\\[::1]");
    private static final Pattern HOST = Pattern.compile("(\\[[0-9A-Fa-f:.]+]|[^:\\[\\]]+)(:\\d{1,5})?");

    private final Set<String> names;

    /** {@code names} are the names of this server beside those of loopback, separated by commas. */
    public Origins(String names) {
        this.names = new TreeSet<>(Arrays.stream(names.toLowerCase(Locale.ROOT).split(","))
                .map(String::strip)
                .filter(name -> !name.isEmpty())
                .toList());
    }

    /**
     * Why a request is refused; empty when it is not.
     *
     * @param host   the header, with the port; null when there is none, as from no browser
     * @param origin the header; null when there is none
     */
    public Optional<String> refusal(String method, String host, String origin) {
        if (host != null && !isOurs(host)) {
            return Optional.of("Host: expected localhost" + (names.isEmpty() ? "" : " or one of " + names)
                    + ", but was " + host + "; fourfold.hosts names others");
        }
        if (origin == null || SAFE_METHODS.contains(method)) {
            return Optional.empty();
        }
        return origin.equalsIgnoreCase("http://" + host) || origin.equalsIgnoreCase("https://" + host)
                ? Optional.empty()
                : Optional.of("Origin: expected none or http://" + host + ", but was " + origin);
    }

    private boolean isOurs(String host) {
        var parts = HOST.matcher(host.strip().toLowerCase(Locale.ROOT));
        return parts.matches() && (LOOPBACK.matcher(parts.group(1)).matches() || names.contains(parts.group(1)));
    }
}
