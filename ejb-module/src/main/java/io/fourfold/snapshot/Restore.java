package io.fourfold.snapshot;

import io.fourfold.log.Append;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Expect;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import io.fourfold.log.Refusal.Code;
import io.fourfold.log.Seat;
import io.fourfold.log.ThreadId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Puts the records of a snapshot back. First everything is checked; if one line is bad or one record cannot follow
 * what its
 * thread holds, all that is wrong is named and nothing is stored. Records that are there already are left alone.
 */
public final class Restore {

    /** Lines named in one refusal. */
    static final int NAMED_MAX = 100;

    private static final int GROUP_RECORDS = 100;

    /** What a restore came to, or would come to; {@code dangling} parents are in neither the log nor the file. */
    public record Result(Manifest manifest, long records, long stored, long duplicates, long dangling) {}

    /** One line that keeps the rest from being restored. */
    public record BadLine(long line, String reason) {}

    private final Log log;
    private final Function<Append, Receipt> inlet;

    public Restore(Log log, Function<Append, Receipt> inlet) {
        this.log = log;
        this.inlet = inlet;
    }

    /** An answer or a refusal. */
    public sealed interface Outcome {
        record Done(Result result) implements Outcome {}

        record Refused(Refusal refusal) implements Outcome {}
    }

    public Outcome restore(Path file, boolean dryRun) {
        Plan plan = new Plan();
        SnapshotFile.read(file, plan);
        plan.end();
        if (!plan.bad.isEmpty()) {
            BadLine first = plan.bad.get(0);
            String message = "Expected a snapshot that can be restored, but line " + first.line() + ": "
                    + first.reason() + "; nothing was stored";
            return new Outcome.Refused(new Refusal(
                    plan.conflicts ? Code.CLOCK_CONFLICT : Code.INVALID_INPUT, message, Map.of("lines", plan.bad)));
        }
        if (!dryRun) {
            Storing storing = new Storing(plan.known);
            SnapshotFile.read(file, storing);
            storing.flush();
            if (storing.refusal != null) {
                return new Outcome.Refused(storing.refusal);
            }
        }
        return new Outcome.Done(plan.result());
    }

    /** Checks all lines against the manifest and the log. */
    private final class Plan implements SnapshotFile.Reader {

        private final List<BadLine> bad = new ArrayList<>();
        private final Set<EntryId> ids = new HashSet<>();
        private final Set<EntryId> known = new HashSet<>();
        private final Set<EntryId> parents = new HashSet<>();
        private final Map<Seat, Long> clocks = new HashMap<>();
        private final Set<ThreadId> loaded = new HashSet<>();
        private final IdDigest digest = new IdDigest();
        private Manifest manifest;
        private boolean conflicts;
        private boolean faults;

        @Override
        public void manifest(Manifest read) {
            manifest = read;
        }

        @Override
        public void fault(long line, String reason) {
            faults = true;
            name(line, reason);
        }

        private void name(long line, String reason) {
            if (bad.size() < NAMED_MAX) {
                bad.add(new BadLine(line, reason));
            }
        }

        @Override
        public void record(long line, Entry entry) {
            if (ids.size() >= Snapshot.RECORDS_MAX) {
                if (ids.size() == Snapshot.RECORDS_MAX && ids.add(entry.id())) {
                    fault(line, "expected at most " + Snapshot.RECORDS_MAX + " records");
                }
                return;
            }
            digest.add(entry.id());
            ids.add(entry.id());
            parents.addAll(entry.draft().parents());
            if (log.find(entry.id()).isPresent()) {
                known.add(entry.id());
                return;
            }
            Seat seat = new Seat(entry.thread(), entry.draft().actor());
            load(entry.thread());
            long last = clocks.getOrDefault(seat, -1L);
            if (entry.draft().clock() <= last) {
                conflicts = true;
                name(
                        line,
                        "expected a clock above " + last + ", which " + seat.actor() + " has in " + seat.thread()
                                + ", but record " + entry.id() + " has "
                                + entry.draft().clock());
            }
            clocks.merge(seat, entry.draft().clock(), Math::max);
        }

        /** The clocks of a thread as the log has it, read once. */
        private void load(ThreadId thread) {
            if (!loaded.add(thread)) {
                return;
            }
            long from = 0;
            for (List<Entry> page = log.thread(thread, from, GROUP_RECORDS);
                    !page.isEmpty();
                    page = log.thread(thread, from, GROUP_RECORDS)) {
                page.forEach(e -> clocks.merge(
                        new Seat(thread, e.draft().actor()), e.draft().clock(), Math::max));
                from += page.size();
            }
        }

        private void end() {
            if (manifest != null && bad.isEmpty()) {
                if (manifest.recordCount() != digest.count()) {
                    fault(1, "expected " + manifest.recordCount() + " records, but there are " + digest.count());
                } else if (!manifest.idsSha256().equals(digest.hex())) {
                    fault(1, "expected ids with the hash " + manifest.idsSha256() + ", but they have another");
                }
            }
            conflicts = conflicts && !faults;
        }

        private Result result() {
            long dangling = parents.stream()
                    .filter(parent -> !ids.contains(parent))
                    .filter(parent -> log.find(parent).isEmpty())
                    .count();
            return new Result(manifest, ids.size(), ids.size() - known.size(), known.size(), dangling);
        }
    }

    /** Appends what is not there yet, group by group; stops at the first refusal. */
    private final class Storing implements SnapshotFile.Reader {

        private final Set<EntryId> known;
        private final List<Draft> group = new ArrayList<>();
        private long stored;
        private Refusal refusal;

        private Storing(Set<EntryId> known) {
            this.known = known;
        }

        @Override
        public void manifest(Manifest read) {}

        @Override
        public void fault(long line, String reason) {
            throw new IllegalStateException("Line " + line + " was well a moment ago: " + reason);
        }

        @Override
        public void record(long line, Entry entry) {
            if (refusal != null || known.contains(entry.id())) {
                return;
            }
            if (group.size() == GROUP_RECORDS
                    || !group.isEmpty() && !group.get(0).thread().equals(entry.thread())) {
                flush();
            }
            group.add(entry.draft());
        }

        private void flush() {
            if (refusal != null || group.isEmpty()) {
                return;
            }
            switch (inlet.apply(new Append(group, Expect.ANYTHING))) {
                case Receipt.Stored done -> stored += done.items().size();
                case Receipt.Refused refused ->
                    refusal = new Refusal(
                            refused.refusal().code(),
                            refused.refusal().message() + "; " + stored
                                    + " records were stored before, and repeating is safe",
                            refused.refusal().details());
            }
            group.clear();
        }
    }
}
