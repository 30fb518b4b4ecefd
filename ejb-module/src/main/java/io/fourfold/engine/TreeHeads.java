package io.fourfold.engine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.audit.Finding;
import io.fourfold.audit.Merkle;
import io.fourfold.audit.Proofs;
import io.fourfold.audit.SigningKey;
import io.fourfold.audit.TreeHead;
import io.fourfold.audit.VerifyKey;
import io.fourfold.audit.jdbc.SubtreeTable;
import io.fourfold.audit.jdbc.TreeHeadRows;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Json;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.ThreadId;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Signs what the log is, once a day, as a record on {@code th_audit}, and proves records against what was signed. A
 * day on
 * which the server did not run has no head: the next one covers it.
 */
public final class TreeHeads implements CronLoop.Work {

    public static final ThreadId THREAD = new ThreadId("th_audit");

    /** Heads in one list. */
    public static final int LIST_MAX = 1_000;

    /** A head and the record it is. */
    public record Signed(String record, TreeHead head) {}

    private final Log log;
    private final Function<Append, Receipt> inlet;
    private final SubtreeTable tree;
    private final TreeHeadRows rows;
    private final SigningKey key;

    public TreeHeads(Log log, Function<Append, Receipt> inlet, SubtreeTable tree, TreeHeadRows rows, SigningKey key) {
        this.log = log;
        this.inlet = inlet;
        this.tree = tree;
        this.rows = rows;
        this.key = key;
    }

    public VerifyKey key() {
        return key.verifyKey();
    }

    /** The heads this key signed, the newest first. */
    public List<Signed> list(int limit) {
        return rows.newest(Math.min(limit, LIST_MAX)).stream()
                .filter(row -> row.head().isSignedBy(key()))
                .map(row -> new Signed(row.record(), row.head()))
                .toList();
    }

    public Optional<Signed> latest() {
        return rows.newest(LIST_MAX).stream()
                .filter(row -> row.head().isSignedBy(key()))
                .findFirst()
                .map(row -> new Signed(row.record(), row.head()));
    }

    /** The head of exactly this size. */
    public Optional<Signed> ofSize(long size) {
        return rows.ofSize(size).stream()
                .filter(row -> row.head().isSignedBy(key()))
                .map(row -> new Signed(row.record(), row.head()))
                .findFirst();
    }

    /** Root by size, of the newest {@value #LIST_MAX} heads; of two heads of one size the newer. */
    public Map<Long, String> roots() {
        Map<Long, String> roots = new HashMap<>();
        list(LIST_MAX)
                .forEach(signed ->
                        roots.putIfAbsent(signed.head().size(), signed.head().root()));
        return roots;
    }

    /** Heads that say they are of this server and that its key did not sign. */
    public List<Finding> forged() {
        return rows.newest(LIST_MAX).stream()
                .filter(row -> row.actor().equals(CronLoop.ACTOR.value()))
                .filter(row -> !row.head().isSignedBy(key()))
                .map(row -> new Finding(
                        row.position(),
                        THREAD.value(),
                        "Expected a tree head signed by key " + key().id() + ", but its signature does not hold",
                        null,
                        null))
                .toList();
    }

    /** Signs the log as it is now. */
    public synchronized Signed sign(Instant now) {
        long size = log.head();
        String root = root(size);
        String previous = latest().map(Signed::record).orElse(null);
        TreeHead head = TreeHead.sign(size, root, LocalDate.ofInstant(now, ZoneOffset.UTC), previous, key);
        Draft draft = Draft.of(THREAD, CronLoop.ACTOR, Act.KNOW, head.body())
                .withParents(previous == null ? List.of() : List.of(new EntryId(previous)));
        return switch (inlet.apply(Append.of(draft))) {
            case Receipt.Stored stored -> new Signed(stored.entry().id().hex(), head);
            case Receipt.Refused refused ->
                throw new IllegalStateException(
                        "The tree head was refused: " + refused.refusal().message());
        };
    }

    /** The hashes from a record up to the root of the first {@code size} records; reads at most some thousand ids. */
    public List<String> inclusion(Entry entry, long size) {
        tree.extend(size);
        return hex(Proofs.inclusion(entry.position() - 1, size, tree));
    }

    /** The hashes that show that {@code to} records begin with those {@code from} records. */
    public List<String> consistency(long from, long to) {
        tree.extend(to);
        return hex(Proofs.consistency(from, to, tree));
    }

    /** Over the first {@code size} records. */
    public String root(long size) {
        tree.extend(size);
        return HexFormat.of().formatHex(size == 0 ? Merkle.empty() : tree.root(0, size));
    }

    private static List<String> hex(List<byte[]> hashes) {
        return hashes.stream().map(HexFormat.of()::formatHex).toList();
    }

    @Override
    public Json result(Instant now) {
        LocalDate today = LocalDate.ofInstant(now, ZoneOffset.UTC);
        Signed signed = latest().filter(head -> head.head().day().equals(today)).orElseGet(() -> sign(now));
        ObjectNode body = JsonNodeFactory.instance
                .objectNode()
                .put("kind", "audit.tree_head.v1")
                .put("topic", "report")
                .put("record", signed.record())
                .put("size", signed.head().size())
                .put("root", signed.head().root());
        return Json.of(body);
    }
}
