package io.fourfold.config;

import io.fourfold.orchestration.agent.ModelPrice;
import java.math.BigDecimal;
import java.util.regex.Pattern;

/** Reads what a model costs, in US dollars per million tokens. */
final class ModelRate {

    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}\\*?");
    private static final String USD_MAX = "100000";

    private ModelRate() {}

    static ModelPrice read(Fields fields) {
        return new ModelPrice(
                fields.matching("model", MODEL, "a model's id, or its beginning and *"),
                usd(fields, "input"),
                usd(fields, "output"),
                usd(fields, "cache_write"),
                usd(fields, "cache_read"));
    }

    private static BigDecimal usd(Fields fields, String name) {
        BigDecimal given = fields.decimal(name, "0", USD_MAX);
        if (given == null) {
            throw fields.wrong(name, "US dollars per million tokens");
        }
        return given;
    }
}
