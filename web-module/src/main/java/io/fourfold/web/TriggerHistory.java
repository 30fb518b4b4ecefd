package io.fourfold.web;

import io.fourfold.config.Identity;
import io.fourfold.log.Entry;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Log;
import io.fourfold.log.Refusal;
import io.fourfold.log.ThreadId;
import io.fourfold.trigger.TriggerFirings;
import io.fourfold.view.ThreadRow;
import io.fourfold.view.Views;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.util.List;

/** What a trigger fired and let be, in pages, the newest first; a cursor is the version of the last event shown. */
@ApplicationScoped
public class TriggerHistory {

    private static final int LIMIT_MAX = Log.READ_MAX;

    @Inject
    Log log;

    @Inject
    Views views;

    TriggerAnswers.History page(Identity identity, Long cursor, int limit) {
        if (limit < 1 || limit > LIMIT_MAX) {
            throw Body.wrong("limit", "1 to " + LIMIT_MAX + ", but was " + limit);
        }
        ThreadId thread = thread(identity);
        long total = total(thread);
        long end = cursor == null ? total : Math.min(cursor, total);
        long from = Math.max(0, end - limit);
        List<TriggerAnswers.Past> events = end <= from
                ? List.of()
                : log.thread(thread, from, (int) (end - from)).reversed().stream()
                        .map(TriggerAnswers::of)
                        .toList();
        return new TriggerAnswers.History(
                identity.name(), identity.namespace(), events, total, from == 0 ? null : Long.toString(from));
    }

    private static ThreadId thread(Identity identity) {
        try {
            return TriggerFirings.threadOf(TriggerFirings.idOf(identity));
        } catch (InvalidRecord noName) {
            throw new Refused(Refusal.Code.NOT_FOUND, "Expected a trigger, but none was ever named " + identity.path());
        }
    }

    /** The view is a moment behind the log; what came since is counted on. */
    private long total(ThreadId thread) {
        long known = views.find(ThreadRow.class, thread.value())
                .map(row -> row.version + 1)
                .orElse(0L);
        List<Entry> page;
        do {
            page = log.thread(thread, known, Log.READ_MAX);
            known += page.size();
        } while (page.size() == Log.READ_MAX);
        return known;
    }
}
