package io.fourfold.kit;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;

/** Figures as people read them: at most four significant digits, with their unit. */
public final class Display {

    private Display() {}

    /** {@code 999}, {@code 148.2k}, {@code 1.204M}. */
    public static String tokens(long count) {
        if (count < 1_000) {
            return Long.toString(count);
        }
        return count < 999_950 ? four(count / 1e3) + "k" : four(count / 1e6) + "M";
    }

    /** {@code $0.00}, {@code $12.34}; below a cent four digits, so that small sums do not look like nothing. */
    public static String cost(BigDecimal usd) {
        int places = usd.signum() != 0 && usd.compareTo(new BigDecimal("0.01")) < 0 ? 4 : 2;
        return "$" + usd.setScale(places, RoundingMode.HALF_UP).toPlainString();
    }

    /** {@code 13 ms}, {@code 0.8 s}, {@code 4 m 12 s}, {@code 2 h 03 m}; a dash for none. */
    public static String duration(Duration duration) {
        if (duration == null) {
            return "—";
        }
        long seconds = duration.toSeconds();
        if (duration.toMillis() < 100) {
            return duration.toMillis() + " ms";
        }
        if (seconds < 60) {
            return String.format(Locale.ROOT, "%.1f s", duration.toMillis() / 100 / 10.0);
        }
        return seconds < 3_600
                ? String.format(Locale.ROOT, "%d m %02d s", seconds / 60, seconds % 60)
                : String.format(Locale.ROOT, "%d h %02d m", seconds / 3_600, seconds % 3_600 / 60);
    }

    /** A limit, without what is zero: {@code 15 m}, {@code 1 h 30 m}, {@code 45 s}. */
    public static String limit(Duration limit) {
        long seconds = limit.toSeconds();
        if (seconds < 60) {
            return seconds + " s";
        }
        long big = seconds < 3_600 ? seconds / 60 : seconds / 3_600;
        long small = seconds < 3_600 ? seconds % 60 : seconds % 3_600 / 60;
        String units = seconds < 3_600 ? "ms" : "hm";
        return big + " " + units.charAt(0) + (small == 0 ? "" : " " + small + " " + units.charAt(1));
    }

    /** How long ago: {@code now}, {@code 12 s ago}, {@code 4 m ago}, {@code 3 h ago}, {@code 9 d ago}. */
    public static String ago(Instant at, Instant now) {
        long seconds = Math.max(0, Duration.between(at, now).toSeconds());
        if (seconds < 5) {
            return "now";
        }
        if (seconds < 60) {
            return seconds + " s ago";
        }
        if (seconds < 3_600) {
            return seconds / 60 + " m ago";
        }
        return seconds < 172_800 ? seconds / 3_600 + " h ago" : seconds / 86_400 + " d ago";
    }

    /** {@code 812 B}, {@code 4.1 KB}, {@code 2.5 MB}; a KB is 1,000 bytes. */
    public static String bytes(long count) {
        if (count < 1_000) {
            return count + " B";
        }
        return count < 1_000_000
                ? String.format(Locale.ROOT, "%.1f KB", count / 1e3)
                : String.format(Locale.ROOT, "%.1f MB", count / 1e6);
    }

    /** From start to end, or to now while there is no end; null before the start. */
    public static Duration between(Instant start, Instant end, Instant now) {
        return start == null ? null : Duration.between(start, end == null ? now : end);
    }

    public static Double seconds(Duration duration) {
        return duration == null ? null : duration.toMillis() / 1e3;
    }

    public static String repos(List<String> repos) {
        return repos.isEmpty() ? null : String.join(", ", repos);
    }

    private static String four(double value) {
        return new BigDecimal(value)
                .round(new MathContext(4, RoundingMode.HALF_UP))
                .toPlainString();
    }
}
