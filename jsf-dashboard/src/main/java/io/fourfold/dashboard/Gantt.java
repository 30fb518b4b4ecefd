package io.fourfold.dashboard;

import io.fourfold.kit.Display;
import java.time.Duration;
import java.util.List;

/**
 * What ran when in one phase, on one axis.
 *
 * @param ticks the axis: its start, its middle, its end
 * @param more  lanes left out
 */
public record Gantt(List<Lane> lanes, List<String> ticks, int more) {

    /** Lanes shown at most. */
    static final int LANES_MAX = 24;

    /** Bars are at least this wide, in percent, so that a quick call is seen. */
    static final double WIDTH_LEAST = 0.8;

    /**
     * All calls of one tool, or what the model or the command did itself.
     *
     * @param nested whether a subagent made the calls
     * @param took   all bars together
     */
    public record Lane(String name, boolean nested, List<Bar> bars, String took, String text) {}

    /**
     * One call.
     *
     * @param left  where it begins, in percent with its sign
     * @param width how long it took, likewise
     * @param tone  {@code tool, model, failed, agent}
     * @param text  for those who point at it or hear it
     * @param line  the id of its line in the log, or null
     */
    public record Bar(String left, String width, String tone, String text, String line) {}

    static final Gantt EMPTY = new Gantt(List.of(), List.of(), 0);

    static List<String> ticks(Duration whole) {
        return List.of("0 s", Display.duration(whole.dividedBy(2)), Display.duration(whole));
    }
}
