package io.fourfold.trust;

import io.fourfold.log.Act;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Log;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Reads verdicts as observations: finds the claim that is judged, and the domain it is in. */
public final class Verdicts {

    /** Records of a thread that are searched for the claim of an intent. */
    private static final int THREAD_RECORDS_MAX = 10_000;

    private final Log log;

    public Verdicts(Log log) {
        this.log = log;
    }

    /** Empty for a record that is no verdict, or whose claim is not to be found. */
    public Optional<Observation> read(Entry entry) {
        Optional<String> verdict = entry.body().text("verdict").filter(v -> v.equals("accept") || v.equals("reject"));
        if (entry.draft().act() != Act.KNOW || verdict.isEmpty()) {
            return Optional.empty();
        }
        return claim(entry)
                .map(claim -> new Observation(
                        entry.id(),
                        claim.id(),
                        claim.draft().actor(),
                        domain(entry, claim),
                        entry.draft().actor(),
                        verdict.get().equals("accept"),
                        entry.position(),
                        entry.recordedAt()));
    }

    /** The record that {@code reviews} names, or the latest claim before the verdict that fulfills the same intent. */
    private Optional<Entry> claim(Entry verdict) {
        return named(verdict, "reviews")
                .or(() -> named(verdict, "fulfills"))
                .flatMap(named -> named.draft().act() == Act.INTEND ? claimOf(named, verdict) : Optional.of(named))
                .filter(claim -> isClaim(claim) && claim.position() < verdict.position());
    }

    private Optional<Entry> claimOf(Entry intent, Entry verdict) {
        Entry found = null;
        long from = intent.version() + 1;
        long end = from + THREAD_RECORDS_MAX;
        List<Entry> page;
        do {
            page = log.thread(intent.thread(), from, Log.READ_MAX);
            for (Entry entry : page) {
                boolean before = entry.position() < verdict.position();
                found = before && isClaim(entry) && fulfills(entry, intent) ? entry : found;
            }
            from += page.size();
        } while (page.size() == Log.READ_MAX && from < end);
        return Optional.ofNullable(found);
    }

    /** What another record of the same verdict says is no claim: nobody is judged for judging. */
    private static boolean isClaim(Entry entry) {
        boolean done = entry.body().text("topic").map("task_done_claim"::equals).orElse(false);
        return entry.draft().act() == Act.KNOW
                && entry.body().text("verdict").isEmpty()
                && (done || entry.body().text("fulfills").isPresent());
    }

    private static boolean fulfills(Entry entry, Entry intent) {
        return entry.body().text("fulfills").map(intent.id().hex()::equals).orElse(false);
    }

    /** As the verdict says, or the claim, or the intent that the claim fulfills. */
    private String domain(Entry verdict, Entry claim) {
        return Stream.of(verdict, claim)
                .flatMap(entry -> entry.body().text("domain").stream())
                .findFirst()
                .or(() ->
                        named(claim, "fulfills").flatMap(intent -> intent.body().text("domain")))
                .orElse(Observation.DOMAIN_WHEN_NONE);
    }

    private Optional<Entry> named(Entry entry, String field) {
        try {
            return entry.body().text(field).map(EntryId::new).flatMap(log::find);
        } catch (InvalidRecord noId) {
            return Optional.empty();
        }
    }
}
