package io.fourfold.dispatch;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.kit.Wire;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.ThreadId;
import java.math.BigDecimal;
import java.time.Duration;

/**
 * What an adapter is told.
 *
 * @param record    the record that asks for it
 * @param work      the thread of this dispatch alone, where the adapter may report
 * @param intent    the intent on that thread; a KNOW with {@code fulfills} naming it ends the dispatch
 * @param timeout   null where the work has limits of its own
 * @param budgetUsd what it may cost; null where the work has limits of its own
 */
public record Brief(
        String dispatchId,
        Entry record,
        Did target,
        ThreadId work,
        EntryId intent,
        Duration timeout,
        BigDecimal budgetUsd) {

    /** As an adapter outside of this server reads it. */
    ObjectNode json() {
        return Wire.MAPPER
                .createObjectNode()
                .put("dispatch", dispatchId)
                .put("target", target.value())
                .put("thread", work.value())
                .put("intent", intent.hex())
                .put("namespace", record.namespace())
                .put("timeout_seconds", timeout.toSeconds())
                .put("budget_usd", Wire.money(budgetUsd))
                .put("record", record.id().hex())
                .put("actor", record.draft().actor().value())
                .set("body", record.body().tree());
    }
}
