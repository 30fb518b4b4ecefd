package io.fourfold.decision;

import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A question and, later, its answer.
 *
 * @param request    the record that asks; its id is the decision's
 * @param question   in words
 * @param options    what may be answered, in words
 * @param proposal   the body of a configuration record, with its topic; null where none is proposed
 * @param confidence of who proposes, 0 to 1; null when it says none
 * @param rationale  why, in words, or null
 * @param records    those that wait for it, at most {@value #RECORDS_MAX}: the first that were
 * @param answer     null while it is open
 */
public record Decision(
        Entry request,
        Status status,
        String question,
        List<String> options,
        Json proposal,
        Double confidence,
        String rationale,
        List<EntryId> records,
        Answer answer) {

    static final int RECORDS_MAX = 100;

    private static final List<String> MERGED_BY = List.of("topic", "expression", "target");

    /** Where a decision stands. */
    public enum Status {
        OPEN,
        APPROVED,
        REJECTED,
        EXPIRED;

        public String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * The first answer, the only one that counts.
     *
     * @param rule     the decision rule that gave it, null for a person's
     * @param proposal as it was approved, perhaps edited; null where nothing was
     */
    public record Answer(EntryId id, Did by, Instant at, String reason, String rule, Json proposal) {}

    public Decision {
        options = List.copyOf(options);
        records = List.copyOf(records);
    }

    public EntryId id() {
        return request.id();
    }

    public String namespace() {
        return request.namespace();
    }

    public boolean isOpen() {
        return status == Status.OPEN;
    }

    /** What came, or would come, into force. */
    public Optional<Json> rule() {
        return Optional.ofNullable(answer == null ? proposal : answer.proposal());
    }

    /** The same topic, expression and target: one answer does for both. */
    public boolean proposes(Json other) {
        return proposal != null
                && other != null
                && MERGED_BY.stream().allMatch(field -> proposal.field(field).equals(other.field(field)));
    }

    Decision awaitedBy(List<EntryId> others) {
        List<EntryId> more = new ArrayList<>(records);
        others.stream().filter(other -> !more.contains(other)).forEach(more::add);
        List<EntryId> kept = more.subList(0, Math.min(more.size(), RECORDS_MAX));
        return new Decision(request, status, question, options, proposal, confidence, rationale, kept, answer);
    }

    Decision answered(Status now, Answer by) {
        return new Decision(request, now, question, options, proposal, confidence, rationale, records, by);
    }
}
