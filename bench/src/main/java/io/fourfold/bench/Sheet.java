package io.fourfold.bench;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The printed figures: contenders of one line are measured in turns, so that a busy moment of the machine hits all
 * alike.
 */
final class Sheet {

    private static final double WARM_UP_SECONDS = 2;
    private static final double LONG_WARM_UP_SECONDS = 15;
    private static final double TURN_SECONDS = 1.5;
    private static final int TURNS = 3;

    private final PrintStream out;

    Sheet(PrintStream out) {
        this.out = out;
    }

    void title(String title) {
        double load = ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
        out.printf(Locale.ROOT, "%n%s (load %.1f)%n", title, load);
    }

    /** For contenders whose code is large, before they are measured. */
    void warmUp(int callers, Map<String, Measured.Call> contenders) throws Exception {
        for (Measured.Call call : contenders.values()) {
            Measured.of(callers, LONG_WARM_UP_SECONDS, 1, call);
        }
    }

    Map<String, Measured> measure(int callers, int records, Map<String, Measured.Call> contenders) throws Exception {
        for (Measured.Call call : contenders.values()) {
            Measured.of(callers, WARM_UP_SECONDS, records, call);
        }
        Map<String, Measured> all = new LinkedHashMap<>();
        for (int turn = 0; turn < TURNS; turn++) {
            for (var contender : contenders.entrySet()) {
                Measured measured = Measured.of(callers, TURN_SECONDS, records, contender.getValue());
                all.merge(contender.getKey(), measured, Measured::and);
            }
        }
        all.forEach((name, measured) -> out.printf("  %-12s %s%n", name, measured));
        return all;
    }

    /** How much one contender does for each that another does; the aim is at least as much. */
    void ratio(String what, Map<String, Measured> all, String ours, String theirs) {
        double each = all.get(ours).recordsPerSecond() / all.get(theirs).recordsPerSecond();
        judge(what + ", " + ours + " for each of " + theirs, each, "", 1, true);
    }

    /** {@code bound} is where the aim lies; {@code above} says on which side of it is good. */
    void judge(String what, double figure, String unit, double bound, boolean above) {
        boolean met = above ? figure >= bound : figure <= bound;
        out.printf(
                Locale.ROOT,
                "  %s %s: %,.2f%s (aim %s %,.2f%s)%n",
                met ? "met " : "MISS",
                what,
                figure,
                unit,
                above ? "≥" : "≤",
                bound,
                unit);
    }
}
