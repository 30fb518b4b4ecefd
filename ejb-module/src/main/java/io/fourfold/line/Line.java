package io.fourfold.line;

import io.fourfold.fleet.Fleet;
import io.fourfold.line.Why.Code;
import io.fourfold.node.Node;
import io.fourfold.queue.Standings.Held;
import io.fourfold.queue.Standings.Waiting;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * The line at one time.
 *
 * @param held    what runs, or holds its agent
 * @param limit   of executions at once
 * @param perNode how many one node runs at once
 */
public record Line(List<Held> held, int limit, int perNode, Fleet fleet, List<Node> nodes, Instant now) {

    /** Executions that a reason names. */
    static final int NAMED_MAX = 10;

    private interface Rule {
        Optional<Why> why(Line line, Waiting waiting);
    }

    /** The first that holds is what it waits for: the further up, the less it is only a matter of time. */
    private static final List<Rule> IN_ORDER = List.of(
            Line::frozen, Line::intake, Line::backoff, Line::noExecutor, Line::concurrency, Line::limit, Line::noRoom);

    public Line {
        held = List.copyOf(held);
        nodes = List.copyOf(nodes);
    }

    public Why why(Waiting waiting) {
        return IN_ORDER.stream()
                .flatMap(rule -> rule.why(this, waiting).stream())
                .findFirst()
                .orElse(Why.of(Code.NEXT, "begins as soon as a node takes it"));
    }

    private Optional<Why> frozen(Waiting waiting) {
        return fleet.freezing(waiting.tags()).map(freeze -> Why.of(Code.FROZEN, freeze.why()));
    }

    private Optional<Why> intake(Waiting waiting) {
        return fleet.intake().over(waiting.tags()).map(hold -> Why.of(Code.HELD, hold.why()));
    }

    private Optional<Why> backoff(Waiting waiting) {
        return Optional.ofNullable(waiting.notBefore())
                .filter(at -> at.isAfter(now))
                .map(at -> Why.of(Code.BACKOFF, "tried again not before " + at));
    }

    private Optional<Why> noExecutor(Waiting waiting) {
        return nodes.stream().anyMatch(Line::works)
                ? Optional.empty()
                : Optional.of(Why.of(
                        Code.NO_EXECUTOR,
                        "no node with the role executor or all was heard of for " + Node.PRESENT_SECONDS + " s"));
    }

    private static boolean works(Node node) {
        return node.present() && node.role().works();
    }

    private Optional<Why> concurrency(Waiting waiting) {
        List<String> holders = ids(held.stream()
                .filter(other -> other.lane().equals(waiting.lane()))
                .toList());
        if (waiting.most() == null || holders.size() + waiting.inLane() <= waiting.most()) {
            return Optional.empty();
        }
        String by = holders.isEmpty() ? "" : " is held by " + named(holders);
        int before = waiting.inLane() - 1;
        String waits = before == 0 ? "" : (by.isEmpty() ? " has " : " and has ") + before + " waiting before it";
        return Optional.of(new Why(Code.CONCURRENCY, "key " + waiting.lane() + by + waits, named(holders, NAMED_MAX)));
    }

    private Optional<Why> limit(Waiting waiting) {
        return held.size() < limit
                ? Optional.empty()
                : Optional.of(new Why(
                        Code.LIMIT,
                        held.size() + " of " + limit + " running: " + named(ids(held)),
                        named(ids(held), NAMED_MAX)));
    }

    private Optional<Why> noRoom(Waiting waiting) {
        boolean full = nodes.stream()
                .filter(Line::works)
                .allMatch(node -> held.stream()
                                .filter(other -> node.name().equals(other.node()))
                                .count()
                        >= perNode);
        return full
                ? Optional.of(Why.of(Code.LIMIT, "every node runs the " + perNode + " that one can run at once"))
                : Optional.empty();
    }

    private static List<String> ids(List<Held> some) {
        return some.stream().map(Held::id).toList();
    }

    private static List<String> named(List<String> ids, int most) {
        return ids.subList(0, Math.min(most, ids.size()));
    }

    private static String named(List<String> ids) {
        String more = ids.size() > NAMED_MAX ? " and " + (ids.size() - NAMED_MAX) + " more" : "";
        return String.join(", ", named(ids, NAMED_MAX)) + more;
    }
}
