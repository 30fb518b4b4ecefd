package io.fourfold.decision;

import io.fourfold.config.RoutingRule;
import io.fourfold.expression.ExpressionFailure;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.routing.Cascade;
import io.fourfold.routing.Routable;
import io.fourfold.routing.RoutingTrace;
import io.fourfold.routing.Situation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/** What a rule would have done: the latest records that are routed at all, the newest first. */
public final class Preview {

    /** Records a rule is tried on. */
    public static final int ROUTABLE_MAX = 1_000;

    /** Records looked at to find those. */
    static final int SCANNED_MAX = 20_000;

    /** Records shown; of more the number is said. */
    static final int SHOWN_MAX = 100;

    private static final int PAGE = 200;

    private final Log log;
    private final Cascade cascade;
    private final Function<Predicate<Entry>, Situation> situation;

    public Preview(Log log, Cascade cascade, Function<Predicate<Entry>, Situation> situation) {
        this.log = log;
        this.cascade = cascade;
        this.situation = situation;
    }

    /** A record the rule holds for, and who would decide it as things stand. */
    public record Match(Entry record, RoutingTrace today) {}

    /**
     * How a rule did.
     *
     * @param tried   records that it was tried on
     * @param matched those it holds for
     * @param failed  those it could not be evaluated on
     * @param matches the newest of them, at most {@value Preview#SHOWN_MAX}
     */
    public record Seen(int tried, int matched, int failed, List<Match> matches) {
        public Seen {
            matches = List.copyOf(matches);
        }
    }

    /** Only over what {@code visible} lets through, and as if there were nothing else. */
    public Seen of(RoutingRule rule, Predicate<Entry> visible) {
        Situation today = situation.apply(visible);
        List<Match> matches = new ArrayList<>();
        int tried = 0;
        int matched = 0;
        int failed = 0;
        for (Entry entry : latest(visible)) {
            Routable record = Routable.of(entry);
            tried++;
            try {
                if (rule.when()
                        .holds(
                                Map.of("record", record.variables()),
                                today.facts().apply(record))) {
                    matched++;
                    if (matches.size() < SHOWN_MAX) {
                        matches.add(new Match(entry, cascade.route(record, today, null)));
                    }
                }
            } catch (ExpressionFailure doesNotApply) {
                failed++;
            }
        }
        return new Seen(tried, matched, failed, matches);
    }

    private List<Entry> latest(Predicate<Entry> visible) {
        List<Entry> found = new ArrayList<>();
        long end = log.head();
        long least = Math.max(0, end - SCANNED_MAX);
        while (end > least && found.size() < ROUTABLE_MAX) {
            long from = Math.max(least, end - PAGE);
            long upTo = end;
            log.after(from, PAGE).reversed().stream()
                    .filter(entry -> entry.position() <= upTo)
                    .filter(visible)
                    .filter(entry -> Cascade.skipped(Routable.of(entry)).isEmpty())
                    .limit(ROUTABLE_MAX - (long) found.size())
                    .forEach(found::add);
            end = from;
        }
        return found;
    }
}
