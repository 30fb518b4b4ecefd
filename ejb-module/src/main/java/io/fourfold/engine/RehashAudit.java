package io.fourfold.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.RecordHash;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Recomputes the id of every record and names those that do not match: proof that nothing was changed on disk. */
public final class RehashAudit implements CronLoop.Work {

    /** Mismatches named in one result. */
    static final int NAMED_MAX = 100;

    private final Log log;

    public RehashAudit(Log log) {
        this.log = log;
    }

    /** What an audit found; {@code mismatched} names positions, at most {@value #NAMED_MAX}. */
    public record Finding(long checked, long mismatches, List<Long> mismatched) {}

    public Finding audit() {
        long checked = 0;
        long mismatches = 0;
        long position = 0;
        List<Long> named = new ArrayList<>();
        List<Entry> page;
        do {
            page = log.after(position, Log.READ_MAX);
            for (Entry entry : page) {
                position = entry.position();
                checked++;
                if (!RecordHash.id(entry.draft()).equals(entry.id())) {
                    mismatches++;
                    if (named.size() < NAMED_MAX) {
                        named.add(position);
                    }
                }
            }
        } while (!page.isEmpty());
        return new Finding(checked, mismatches, named);
    }

    @Override
    public Json result(Instant now) {
        Finding found = audit();
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("kind", "audit.rehash.v1")
                .put("topic", "report")
                .put("checked", found.checked())
                .put("mismatches", found.mismatches());
        found.mismatched().forEach(body.putArray("positions")::add);
        return Json.of(body);
    }
}
