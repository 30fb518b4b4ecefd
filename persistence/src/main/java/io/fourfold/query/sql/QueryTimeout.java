package io.fourfold.query.sql;

import io.fourfold.log.Refusal;

/** A question that took longer than it may. */
public final class QueryTimeout extends RuntimeException {

    private static final long serialVersionUID = 1;

    QueryTimeout(int timeoutMillis) {
        super("Expected an answer within " + timeoutMillis + " ms, but the query takes longer: narrow it, or declare an"
                + " index (body_kind)");
    }

    /** The same as a value, for doors that answer. */
    public Refusal refusal() {
        return Refusal.of(Refusal.Code.QUERY_TIMEOUT, getMessage());
    }
}
