package io.fourfold.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.audit.Finding;
import io.fourfold.audit.Rehash;
import io.fourfold.audit.StoredRow;
import io.fourfold.audit.jdbc.StoredRows;
import io.fourfold.audit.jdbc.ThreadOrder;
import io.fourfold.log.Json;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import javax.sql.DataSource;

/** Recomputes the id of every record and names those that do not match: proof that nothing was changed on disk. */
public final class RehashAudit implements CronLoop.Work {

    /** Records a check looks at that must answer soon. */
    public static final long RECENT_RECORDS = 10_000;

    /** Findings named in one result. */
    static final int NAMED_MAX = 100;

    private static final int PROGRESS_RECORDS = 10_000;

    private final TreeHeads heads;
    private final StoredRows rows;
    private final ThreadOrder order;

    public RehashAudit(DataSource source, TreeHeads heads) {
        this.heads = heads;
        this.rows = new StoredRows(source);
        this.order = new ThreadOrder(source);
    }

    /** What an audit came to; {@code named} holds at most {@value #NAMED_MAX} of what was found. */
    public record Result(long from, long head, long checked, long mismatches, List<Finding> named) {}

    /** The end of the log alone: {@value #RECENT_RECORDS} records, soon. */
    public Result recent() {
        long head = rows.head();
        List<Finding> named = new ArrayList<>();
        Rehash rehash = scan(Math.max(0, head - RECENT_RECORDS), head, keep(named), checked -> {});
        return result(rehash, Math.max(0, head - RECENT_RECORDS), head, named);
    }

    /** The whole log as it is now; what is found is told at once, how far it has come every now and then. */
    public Result whole(Consumer<Finding> findings, LongConsumer progress) {
        long head = rows.head();
        List<Finding> named = new ArrayList<>();
        Consumer<Finding> both = findings.andThen(keep(named));
        Rehash rehash = scan(0, head, both, progress);
        order.check(head, rehash::name);
        heads.forged().forEach(rehash::name);
        return result(rehash, 0, head, named);
    }

    private Rehash scan(long after, long head, Consumer<Finding> findings, LongConsumer progress) {
        Rehash rehash = new Rehash(after, after == 0 ? heads.roots() : Map.of(), findings);
        rows.each(after, head, new StoredRows.Reader() {
            @Override
            public void row(StoredRow row) {
                rehash.row(row);
                if (rehash.checked() % PROGRESS_RECORDS == 0) {
                    progress.accept(rehash.checked());
                }
            }

            @Override
            public void unreadable(long position, String why) {
                rehash.unreadable(position, why);
            }
        });
        rehash.end(head);
        return rehash;
    }

    private static Consumer<Finding> keep(List<Finding> named) {
        return finding -> {
            if (named.size() < NAMED_MAX) {
                named.add(finding);
            }
        };
    }

    private static Result result(Rehash rehash, long after, long head, List<Finding> named) {
        return new Result(after + 1, head, rehash.checked(), rehash.found(), List.copyOf(named));
    }

    @Override
    public Json result(Instant now) {
        Result found = whole(finding -> {}, checked -> {});
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("kind", "audit.rehash.v1")
                .put("topic", "report")
                .put("checked", found.checked())
                .put("mismatches", found.mismatches());
        found.named().stream().map(Finding::position).distinct().forEach(body.putArray("positions")::add);
        return Json.of(body);
    }
}
