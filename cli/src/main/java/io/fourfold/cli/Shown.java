package io.fourfold.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers and times as people read them. */
public final class Shown {

    private static final BigDecimal CENT = new BigDecimal("0.01");
    private static final int SECONDS_A_MINUTE = 60;
    private static final int MINUTES_AN_HOUR = 60;

    private Shown() {}

    /** The text at a field, a dash when there is none. */
    public static String text(JsonNode node, String field) {
        JsonNode value = node.path(field);
        return value.isMissingNode() || value.isNull() || value.asText().isEmpty() ? "-" : value.asText();
    }

    /** {@code 950}, {@code 12.3K}, {@code 4.5M}. */
    public static String tokens(long count) {
        if (count < 1_000) {
            return String.valueOf(count);
        }
        return count < 1_000_000
                ? String.format(Locale.ROOT, "%.1fK", count / 1e3)
                : String.format(Locale.ROOT, "%.1fM", count / 1e6);
    }

    /** Two decimals, four below a cent. */
    public static String money(String usd) {
        try {
            BigDecimal amount = new BigDecimal(usd);
            int decimals = amount.signum() == 0 || amount.abs().compareTo(CENT) >= 0 ? 2 : 4;
            return "$" + amount.setScale(decimals, RoundingMode.HALF_UP).toPlainString();
        } catch (NumberFormatException unknown) {
            return "-";
        }
    }

    /** {@code 850ms}, {@code 12.3s}, {@code 4m 05s}, {@code 2h 10m}. */
    public static String duration(double seconds) {
        if (seconds < 1) {
            return Math.round(seconds * 1000) + "ms";
        }
        if (seconds < SECONDS_A_MINUTE) {
            return String.format(Locale.ROOT, "%.1fs", seconds);
        }
        long minutes = (long) seconds / SECONDS_A_MINUTE;
        return minutes < MINUTES_AN_HOUR
                ? String.format(Locale.ROOT, "%dm %02ds", minutes, (long) seconds % SECONDS_A_MINUTE)
                : String.format(Locale.ROOT, "%dh %02dm", minutes / MINUTES_AN_HOUR, minutes % MINUTES_AN_HOUR);
    }

    /** {@code 2026-11-20 05:57:18}, in UTC. */
    public static String time(JsonNode node, String field) {
        String text = text(node, field);
        return text.length() < 19 ? text : text.substring(0, 19).replace('T', ' ');
    }

    public static String bytes(long size) {
        if (size < 1 << 10) {
            return size + " B";
        }
        return size < 1 << 20
                ? String.format(Locale.ROOT, "%.1f KiB", size / 1024.0)
                : String.format(Locale.ROOT, "%.1f MiB", size / 1024.0 / 1024.0);
    }
}
