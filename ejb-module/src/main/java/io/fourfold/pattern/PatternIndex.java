package io.fourfold.pattern;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.fourfold.kit.Projection;
import io.fourfold.kit.Wire;
import io.fourfold.log.Entry;
import io.fourfold.view.PatternRow;
import java.util.Optional;
import java.util.Set;

/** {@code pattern_index}: each pattern that is known, as the last readable record of it says. */
public final class PatternIndex implements Projection<PatternRow> {

    @Override
    public String name() {
        return "pattern_index";
    }

    @Override
    public Class<PatternRow> rowType() {
        return PatternRow.class;
    }

    @Override
    public Set<String> keys(Entry entry) {
        return PatternRegistry.about(entry).map(Set::of).orElse(Set.of());
    }

    @Override
    public PatternRow fold(String key, PatternRow current, Entry entry) {
        if (current != null && entry.position() <= current.position) {
            return current;
        }
        if (PatternRegistry.isRemoval(entry)) {
            return null;
        }
        Optional<Pattern> read = PatternRegistry.read(key, entry);
        return read.isEmpty() ? current : row(current, read.get(), entry);
    }

    private static PatternRow row(PatternRow current, Pattern pattern, Entry entry) {
        Shape shape = pattern.shape();
        PatternRow row = new PatternRow();
        row.id = pattern.id();
        row.state = pattern.settled() ? "crystallized" : "open";
        row.l1 = shape.l1();
        row.l2 = shape.l2();
        row.l3 = shape.l3();
        row.dial = shape.dial();
        row.op = shape.op();
        row.p = shape.p();
        row.target = pattern.target().value();
        ArrayNode plan = Wire.MAPPER.createArrayNode();
        pattern.plan()
                .forEach(said -> plan.addObject().put("act", said.act().name()).set("body", said.body()));
        row.plan = plan.toString();
        row.since = current == null ? entry.recordedAt() : current.since;
        row.updatedAt = entry.recordedAt();
        row.position = entry.position();
        return row;
    }
}
