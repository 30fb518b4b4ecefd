package io.fourfold.orchestration.agent;

import static java.util.Comparator.comparingInt;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The price list. A model that is not on it has no price: nothing is guessed from its neighbours. */
public record Prices(List<ModelPrice> rows) {

    private static final Pattern SUFFIX = Pattern.compile("(-\\d{8}|-latest)?(\\[\\d+[mk]])?$");

    /**
     * Anthropic's prices as Claude Code 2.1.328 has them built in, cache writes for five minutes. Not on the list is
     * claude-haiku-5-5: what it costs depends on the length of each prompt, which a session's totals do not tell.
     */
    public static final Prices DEFAULT = new Prices(List.of(
            ModelPrice.of("claude-opus-5-5", "4", "20", "5", "0.20"),
            ModelPrice.of("claude-opus-5", "5", "25", "6.25", "0.50"),
            ModelPrice.of("claude-opus-4-8", "5", "25", "6.25", "0.50"),
            ModelPrice.of("claude-opus-4-7", "5", "25", "6.25", "0.50"),
            ModelPrice.of("claude-opus-4-6", "5", "25", "6.25", "0.50"),
            ModelPrice.of("claude-opus-4-5", "5", "25", "6.25", "0.50"),
            ModelPrice.of("claude-opus-4-1", "15", "75", "18.75", "1.50"),
            ModelPrice.of("claude-opus-4-0", "15", "75", "18.75", "1.50"),
            ModelPrice.of("claude-opus-4", "15", "75", "18.75", "1.50"),
            ModelPrice.of("claude-3-opus", "15", "75", "18.75", "1.50"),
            ModelPrice.of("claude-sonnet-5-5", "2", "10", "2.50", "0.10"),
            ModelPrice.of("claude-sonnet-5", "2", "10", "2.50", "0.20"),
            ModelPrice.of("claude-sonnet-4-6", "3", "15", "3.75", "0.30"),
            ModelPrice.of("claude-sonnet-4-5", "3", "15", "3.75", "0.30"),
            ModelPrice.of("claude-sonnet-4-0", "3", "15", "3.75", "0.30"),
            ModelPrice.of("claude-sonnet-4", "3", "15", "3.75", "0.30"),
            ModelPrice.of("claude-3-7-sonnet", "3", "15", "3.75", "0.30"),
            ModelPrice.of("claude-3-5-sonnet", "3", "15", "3.75", "0.30"),
            ModelPrice.of("claude-haiku-4-5", "1", "5", "1.25", "0.10"),
            ModelPrice.of("claude-3-5-haiku", "0.80", "4", "1", "0.08"),
            ModelPrice.of("claude-3-haiku", "0.25", "1.25", "0.30", "0.03"),
            ModelPrice.of("claude-fable-5-2", "8", "40", "10", "0.20"),
            ModelPrice.of("claude-fable-5-1", "10", "50", "12.50", "0.25"),
            ModelPrice.of("claude-fable-5", "10", "50", "12.50", "1"),
            ModelPrice.of("claude-mythos-5-2", "8", "40", "10", "0.20"),
            ModelPrice.of("claude-mythos-5-1", "10", "50", "12.50", "0.25"),
            ModelPrice.of("claude-mythos-5", "10", "50", "12.50", "1")));

    public Prices {
        rows = List.copyOf(rows);
    }

    /** The same with other rows that go before those for the same models. */
    public Prices under(List<ModelPrice> others) {
        return new Prices(Stream.concat(others.stream(), rows.stream()).toList());
    }

    /** The most exact row for a model id; its date and {@code [1m]} play no part. */
    public Optional<ModelPrice> of(String modelId) {
        String id = SUFFIX.matcher(modelId).replaceFirst("");
        return rows.stream().filter(row -> row.covers(id)).max(comparingInt(row -> row.model()
                .length()));
    }
}
