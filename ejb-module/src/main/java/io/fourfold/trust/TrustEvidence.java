package io.fourfold.trust;

import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.view.TrustRow;
import java.util.Set;

/** {@code trust_evidence}: each verdict on a claim; what it weighs follows from its age. */
public final class TrustEvidence implements Projection<TrustRow> {

    private final Verdicts verdicts;

    /** @param log where the claims are that are judged */
    public TrustEvidence(Log log) {
        this.verdicts = new Verdicts(log);
    }

    @Override
    public String name() {
        return "trust_evidence";
    }

    @Override
    public Class<TrustRow> rowType() {
        return TrustRow.class;
    }

    @Override
    public Set<String> keys(Entry entry) {
        return entry.body().text("verdict").isPresent() ? Set.of(entry.id().hex()) : Set.of();
    }

    @Override
    public TrustRow fold(String key, TrustRow current, Entry entry) {
        return verdicts.read(entry).map(seen -> row(key, seen)).orElse(null);
    }

    private static TrustRow row(String key, Observation seen) {
        TrustRow row = new TrustRow();
        row.id = key;
        row.claim = seen.claim().hex();
        row.actor = seen.actor().value();
        row.domain = seen.domain();
        row.evaluator = seen.evaluator().value();
        row.accepted = seen.accepted();
        row.ofOneself = seen.ofOneself();
        row.at = seen.at();
        row.position = seen.position();
        return row;
    }
}
