package io.fourfold.line;

import io.fourfold.fleet.FleetControl;
import io.fourfold.node.NodeTable;
import io.fourfold.queue.Standings;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.function.IntSupplier;

/** Reads where executions stand in line, and why. */
public final class WaitingLine {

    /** Of those waiting that are told about at once. */
    public static final int SHOWN_MAX = 500;

    private final Standings standings;
    private final NodeTable nodes;
    private final FleetControl fleet;
    private final IntSupplier limit;
    private final int perNode;
    private final Clock clock;

    /** @param limit of executions at once, now */
    public WaitingLine(
            Standings standings, NodeTable nodes, FleetControl fleet, IntSupplier limit, int perNode, Clock clock) {
        this.standings = standings;
        this.nodes = nodes;
        this.fleet = fleet;
        this.limit = limit;
        this.perNode = perNode;
        this.clock = clock;
    }

    /**
     * One that waits.
     *
     * @param position from 1
     * @param key      its concurrency key; null for none
     */
    public record Place(String executionId, int position, String key, Why why) {}

    /** @param running how many hold a place within the limit */
    public record Shown(List<Place> waiting, int running, int limit) {}

    /** Empty when it does not wait. */
    public Optional<Place> of(String executionId) {
        return standings.of(executionId).map(waiting -> place(line(), waiting));
    }

    /** The first in line, at most {@link #SHOWN_MAX}. */
    public Shown first(int most) {
        Line line = line();
        List<Place> places = standings.first(Math.clamp(most, 1, SHOWN_MAX)).stream()
                .map(waiting -> place(line, waiting))
                .toList();
        return new Shown(places, line.held().size(), line.limit());
    }

    private Line line() {
        fleet.catchUp();
        return new Line(standings.held(), limit.getAsInt(), perNode, fleet.current(), nodes.all(), clock.instant());
    }

    private static Place place(Line line, Standings.Waiting waiting) {
        String key = waiting.lane().isEmpty() ? null : waiting.lane();
        return new Place(waiting.id(), waiting.position(), key, line.why(waiting));
    }
}
