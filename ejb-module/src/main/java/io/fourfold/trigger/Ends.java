package io.fourfold.trigger;

import io.fourfold.dispatch.DispatchEvent;
import io.fourfold.dispatch.Result;
import io.fourfold.kit.Commands;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Log;
import io.fourfold.orchestration.execution.Execution;
import io.fourfold.orchestration.execution.ExecutionEvent;

/** Tells triggers that what they started is over, and what it cost. */
public final class Ends {

    private static final int REASON_CHARS_MAX = 1_000;

    private final Log log;
    private final Commands commands;
    private final Firings firings;

    public Ends(Log log, Commands commands, Firings firings) {
        this.log = log;
        this.commands = commands;
        this.firings = firings;
    }

    void tell(Entry entry) {
        ExecutionEvent.CODEC.read(entry).filter(ExecutionEvent::isOver).ifPresent(event -> executionOver(event, entry));
        if (DispatchEvent.CODEC.read(entry).orElse(null) instanceof DispatchEvent.Completed over) {
            dispatchOver(over, entry);
        }
    }

    private void executionOver(ExecutionEvent event, Entry entry) {
        log.thread(entry.thread(), 0, 1).stream()
                .findFirst()
                .flatMap(first -> Launcher.triggerOfExecution(first.draft().actor()))
                .ifPresent(trigger -> firings.end(
                        trigger,
                        event.executionId(),
                        entry.version(),
                        outcome(event),
                        commands.state(Execution.AGGREGATE, entry.thread())
                                .spent()
                                .costUsd(),
                        reason(event)));
    }

    private static String outcome(ExecutionEvent event) {
        return switch (event) {
            case ExecutionEvent.Completed e -> TriggerFirings.COMPLETED;
            case ExecutionEvent.Failed e -> TriggerFirings.FAILED;
            case ExecutionEvent.Cancelled e -> "cancelled";
            case ExecutionEvent e -> "interrupted";
        };
    }

    private static String reason(ExecutionEvent event) {
        return switch (event) {
            case ExecutionEvent.Failed e -> shortened(e.message());
            case ExecutionEvent.Cancelled e -> shortened(e.reason());
            case ExecutionEvent.Interrupted e -> shortened(e.reason());
            case ExecutionEvent e -> null;
        };
    }

    private void dispatchOver(DispatchEvent.Completed over, Entry entry) {
        Result result = over.result();
        log.find(new EntryId(over.subject().record()))
                .flatMap(intent -> Launcher.triggerOfIntent(intent.draft().actor()))
                .ifPresent(trigger -> firings.end(
                        trigger,
                        over.dispatchId(),
                        entry.version(),
                        result.success() ? TriggerFirings.COMPLETED : TriggerFirings.FAILED,
                        result.costUsd(),
                        shortened(result.failureReason())));
    }

    static String shortened(String text) {
        return text == null || text.length() <= REASON_CHARS_MAX ? text : text.substring(0, REASON_CHARS_MAX) + "…";
    }
}
