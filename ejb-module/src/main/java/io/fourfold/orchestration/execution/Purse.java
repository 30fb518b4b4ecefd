package io.fourfold.orchestration.execution;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/**
 * What an execution may still spend: its limit, less what ended agents cost, less what those at work have cost so far.
 */
final class Purse {

    private final Control control;
    private final ConcurrentMap<String, BigDecimal> atWork = new ConcurrentHashMap<>();

    Purse(Control control) {
        this.control = control;
    }

    /** A session has cost so much so far; whether the limit is reached. */
    boolean isEmptyAt(String sessionId, BigDecimal costUsd) {
        atWork.put(sessionId, costUsd);
        return isEmpty();
    }

    /** What the sessions cost is recorded with the execution from here on. */
    void settle(Collection<String> sessionIds) {
        atWork.keySet().removeAll(sessionIds);
    }

    boolean hasLimit() {
        return control.state().plan().maxCostUsd() != null;
    }

    boolean isEmpty() {
        BigDecimal limit = control.state().plan().maxCostUsd();
        BigDecimal spent =
                atWork.values().stream().reduce(control.state().spent().costUsd(), BigDecimal::add);
        return limit != null && spent.compareTo(limit) >= 0;
    }
}
