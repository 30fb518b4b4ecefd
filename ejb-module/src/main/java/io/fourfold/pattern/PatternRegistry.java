package io.fourfold.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.log.Act;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import io.fourfold.routing.Situation.Level;
import io.fourfold.routing.Situation.Match;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * The patterns that are known: an immutable fold of {@code th_pattern_registry}. A LEARN {@code topic: "pattern"} has
 * {@code pattern, state: "crystallized"|"open"|"removed", shape: {dial, in, op, out, p}, target, plan: [{act, body}]};
 * the last readable one of a pattern counts, and what is not readable changes nothing.
 */
public record PatternRegistry(Map<String, Pattern> byId) {

    public static final ThreadId THREAD = new ThreadId("th_pattern_registry");
    public static final PatternRegistry EMPTY = new PatternRegistry(Map.of());

    private static final String TOPIC = "pattern";

    /** The closest first; among equals the one that was there before. */
    private static final Comparator<Pattern> AGE = Comparator.comparingLong(Pattern::position);

    public PatternRegistry {
        byId = Map.copyOf(byId);
    }

    public PatternRegistry fold(Entry entry) {
        Optional<String> about = about(entry);
        if (about.isEmpty()) {
            return this;
        }
        String id = about.get();
        Map<String, Pattern> known = new HashMap<>(byId);
        if (isRemoval(entry)) {
            known.remove(id);
            return new PatternRegistry(known);
        }
        return read(id, entry)
                .map(pattern -> {
                    known.put(id, pattern);
                    return new PatternRegistry(known);
                })
                .orElse(this);
    }

    /** The pattern that a record says something of. */
    static Optional<String> about(Entry entry) {
        Json body = entry.body();
        boolean ours = entry.thread().equals(THREAD)
                && entry.draft().act() == Act.LEARN
                && body.text("topic").map(TOPIC::equals).orElse(false);
        return ours ? body.text("pattern").filter(id -> !id.isBlank()) : Optional.empty();
    }

    static boolean isRemoval(Entry entry) {
        return entry.body().text("state").map("removed"::equals).orElse(false);
    }

    static Optional<Pattern> read(String id, Entry entry) {
        JsonNode body = entry.body().tree();
        JsonNode shape = body.path("shape");
        boolean whole = List.of("dial", "op", "p").stream()
                        .allMatch(name -> shape.path(name).isTextual())
                && shape.has("in")
                && shape.has("out");
        if (!whole) {
            return Optional.empty();
        }
        try {
            List<Pattern.Said> plan = new ArrayList<>();
            body.path("plan")
                    .forEach(said -> plan.add(
                            new Pattern.Said(Act.valueOf(said.path("act").asText()), said.path("body"))));
            return Optional.of(new Pattern(
                    id,
                    new Shape(
                            shape.get("dial").asText(),
                            shape.get("in"),
                            shape.get("op").asText(),
                            shape.get("out"),
                            shape.get("p").asText()),
                    "crystallized".equals(body.path("state").asText()),
                    new Did(body.path("target").asText()),
                    plan,
                    entry.position()));
        } catch (InvalidRecord | IllegalArgumentException unreadable) {
            return Optional.empty();
        }
    }

    /** The closest pattern that a record asks for: replayed only when it is settled and the dial lets it. */
    public Optional<Match> match(Draft draft) {
        Shape asked = Shape.of(draft, Json.EMPTY);
        if (asked.dial().equals(Dial.CREATE.name())) {
            return Optional.empty();
        }
        return first(
                        Level.REPLAY,
                        pattern -> pattern.settled() && pattern.shape().asksAs(asked, true))
                .or(() -> first(
                        Level.ADAPT,
                        pattern -> pattern.shape().asksAs(asked, false)
                                && pattern.shape().p().equals(asked.p())))
                .or(() -> first(Level.EXPLORE, pattern -> pattern.shape().asksAs(asked, false)));
    }

    private Optional<Match> first(Level level, Predicate<Pattern> such) {
        return byId.values().stream()
                .filter(such)
                .min(AGE)
                .map(pattern -> new Match(pattern.id(), level, pattern.target()));
    }
}
