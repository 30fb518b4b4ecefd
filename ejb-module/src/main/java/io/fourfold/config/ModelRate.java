package io.fourfold.config;

import java.math.BigDecimal;
import java.util.regex.Pattern;

/**
 * What a model costs, in US dollars per million tokens.
 *
 * @param model the model's id without date; with a {@code *} at its end every id that begins so
 */
public record ModelRate(
        String model, BigDecimal input, BigDecimal output, BigDecimal cacheWrite, BigDecimal cacheRead) {

    private static final Pattern MODEL = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:/@-]{0,127}\\*?");
    private static final String USD_MAX = "100000";

    static ModelRate read(Fields fields) {
        return new ModelRate(
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
