package io.fourfold.decision;

import io.fourfold.log.EntryId;
import io.fourfold.log.Refusal;
import io.fourfold.log.Refusal.Code;
import io.fourfold.log.ThreadId;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/** Decisions as they stand after so many records of their thread. */
public final class Decisions {

    public static final ThreadId THREAD = new ThreadId("th_decisions");

    /** Candidates named when an id is short and ambiguous. */
    private static final int CANDIDATES_MAX = 10;

    static final Decisions NONE = new Decisions(Map.of(), 0);

    private final Map<EntryId, Decision> byId;
    private final long version;

    /** @param byId in the order in which they were asked; not to be changed afterwards */
    Decisions(Map<EntryId, Decision> byId, long version) {
        this.byId = byId;
        this.version = version;
    }

    /** What a search by id came to. */
    public sealed interface Search {

        record One(Decision decision) implements Search {}

        record Failed(Refusal refusal) implements Search {}
    }

    /** In the order in which they were asked. */
    public Collection<Decision> all() {
        return byId.values();
    }

    public List<Decision> open() {
        return byId.values().stream().filter(Decision::isOpen).toList();
    }

    /** Records that were folded. */
    long version() {
        return version;
    }

    Optional<Decision> of(EntryId id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** By its id or a unique beginning of it, among those that {@code visible} lets through. */
    public Search find(String id, Predicate<Decision> visible) {
        List<Decision> found = byId.values().stream()
                .filter(visible)
                .filter(decision -> !id.isEmpty() && decision.id().hex().startsWith(id))
                .limit(CANDIDATES_MAX + 1L)
                .toList();
        if (found.isEmpty()) {
            return new Search.Failed(
                    Refusal.of(Code.NOT_FOUND, "Expected one decision, but no id is or begins with " + id));
        }
        if (found.size() > 1) {
            List<String> ids = found.stream()
                    .limit(CANDIDATES_MAX)
                    .map(decision -> decision.id().hex())
                    .toList();
            return new Search.Failed(new Refusal(
                    Code.AMBIGUOUS_ID,
                    "Expected one decision, but " + id + " begins several ids",
                    Map.of("candidates", ids)));
        }
        return new Search.One(found.getFirst());
    }
}
