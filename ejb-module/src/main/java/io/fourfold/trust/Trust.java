package io.fourfold.trust;

import io.fourfold.log.Did;
import io.fourfold.log.EntryId;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The fold of all observations. Observations may come in any order and more than once; one thread folds, any number
 * reads.
 */
public final class Trust {

    static final double HALF_LIFE_DAYS = 90;

    private static final double DAY_MILLIS = Duration.ofDays(1).toMillis();

    /** Higher score first, then more observations, then the actor's name. */
    private static final Comparator<Score> RANK = Comparator.comparingDouble((Score s) -> -s.score())
            .thenComparing(s -> -s.count())
            .thenComparing(s -> s.actor().value());

    /** Who judged what: counts once. */
    private record Case(Did evaluator, EntryId claim) {}

    private final Map<Did, List<Observation>> byActor = new ConcurrentHashMap<>();

    public void fold(Observation observation) {
        byActor.merge(observation.actor(), List.of(observation), Trust::joined);
    }

    private static List<Observation> joined(List<Observation> known, List<Observation> one) {
        if (known.contains(one.getFirst())) {
            return known;
        }
        List<Observation> more = new ArrayList<>(known);
        more.addAll(one);
        more.sort(Comparator.comparingLong(Observation::position));
        return List.copyOf(more);
    }

    /** As it was at a moment: later observations are not there yet. */
    public Score score(Did actor, String domain, Instant now) {
        List<Observation> known = byActor.getOrDefault(actor, List.of()).stream()
                .filter(observation -> !observation.at().isAfter(now))
                .toList();
        Map<Case, Observation> counted = counted(known);
        List<Score.Evidence> evidence = known.stream()
                .filter(observation -> observation.domain().equals(domain))
                .map(observation -> weighed(observation, counted.get(caseOf(observation)) == observation, now))
                .toList();
        double observations =
                evidence.stream().mapToDouble(Score.Evidence::weight).sum();
        double successes = evidence.stream()
                .filter(e -> e.observation().accepted())
                .mapToDouble(Score.Evidence::weight)
                .sum();
        long count = evidence.stream().filter(Score.Evidence::counts).count();
        double score = Wilson.lowerBound(successes, observations);
        return new Score(actor, domain, score, successes, observations, count, evidence);
    }

    private static Score.Evidence weighed(Observation observation, boolean counts, Instant now) {
        double ageDays = Duration.between(observation.at(), now).toMillis() / DAY_MILLIS;
        return new Score.Evidence(observation, counts, counts ? Math.pow(0.5, ageDays / HALF_LIFE_DAYS) : 0, ageDays);
    }

    /** The latest verdict of each evaluator on each claim of another. */
    private static Map<Case, Observation> counted(List<Observation> inOrder) {
        Map<Case, Observation> counted = new HashMap<>();
        inOrder.stream()
                .filter(observation -> !observation.ofOneself())
                .forEach(observation -> counted.put(caseOf(observation), observation));
        return counted;
    }

    private static Case caseOf(Observation observation) {
        return new Case(observation.evaluator(), observation.claim());
    }

    /** Who may be trusted at all in a domain, the best first: a score above 0, so at least one observation. */
    public List<Score> ranked(String domain, Instant now) {
        return byActor.keySet().stream()
                .map(actor -> score(actor, domain, now))
                .filter(score -> score.score() > 0 && score.count() > 0)
                .sorted(RANK)
                .toList();
    }

    public Optional<Score> best(String domain, Instant now) {
        return ranked(domain, now).stream().findFirst();
    }
}
