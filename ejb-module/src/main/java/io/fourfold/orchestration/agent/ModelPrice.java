package io.fourfold.orchestration.agent;

import io.fourfold.telemetry.Usage;
import java.math.BigDecimal;

/**
 * What a model costs, in US dollars per million tokens.
 *
 * @param model the model id without date and {@code [1m]}; with a {@code *} at its end every id that begins so
 */
public record ModelPrice(
        String model, BigDecimal input, BigDecimal output, BigDecimal cacheWrite, BigDecimal cacheRead) {

    private static final int MILLION_DIGITS = 6;

    static ModelPrice of(String model, String input, String output, String cacheWrite, String cacheRead) {
        return new ModelPrice(
                model,
                new BigDecimal(input),
                new BigDecimal(output),
                new BigDecimal(cacheWrite),
                new BigDecimal(cacheRead));
    }

    /** Exact, in US dollars. */
    public BigDecimal cost(Usage usage) {
        return input.multiply(BigDecimal.valueOf(usage.input()))
                .add(output.multiply(BigDecimal.valueOf(usage.output())))
                .add(cacheWrite.multiply(BigDecimal.valueOf(usage.cacheCreation())))
                .add(cacheRead.multiply(BigDecimal.valueOf(usage.cacheRead())))
                .movePointLeft(MILLION_DIGITS);
    }

    boolean covers(String id) {
        return model.endsWith("*") ? id.startsWith(model.substring(0, model.length() - 1)) : id.equals(model);
    }
}
