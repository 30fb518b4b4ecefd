package io.fourfold.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.log.Json;

/** How new the work may be: from what was done before, to what nobody did. */
public enum Dial {
    /** [0, ⅓) */
    REPLAY,
    /** [⅓, ½) */
    ADAPT,
    /** [½, ⅔) */
    EXPLORE,
    /** [⅔, 1]: nothing that was done before counts. */
    CREATE;

    private static final double ADAPT_FROM = 1.0 / 3;
    private static final double EXPLORE_FROM = 0.5;
    private static final double CREATE_FROM = 2.0 / 3;

    static Dial of(double turned) {
        if (turned < ADAPT_FROM) {
            return REPLAY;
        }
        if (turned < EXPLORE_FROM) {
            return ADAPT;
        }
        return turned < CREATE_FROM ? EXPLORE : CREATE;
    }

    /** As {@code dial} in a body says, 0 to 1; {@link #REPLAY} where it says nothing. */
    public static Dial of(Json body) {
        return of(body.field("dial")
                .filter(JsonNode::isNumber)
                .map(JsonNode::doubleValue)
                .orElse(0.0));
    }
}
