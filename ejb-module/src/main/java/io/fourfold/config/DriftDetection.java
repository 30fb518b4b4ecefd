package io.fourfold.config;

/**
 * When the outcomes of an actor in a domain have drifted: a two-sided Bernoulli CUSUM.
 *
 * @param baselineObservations the first so many give the baseline
 * @param baselineMin          the baseline is never below
 * @param baselineMax          nor above
 * @param slack                what a sum loses with each observation, in standard deviations
 * @param threshold            a sum above it is an alarm, in standard deviations
 */
public record DriftDetection(
        int baselineObservations, double baselineMin, double baselineMax, double slack, double threshold) {

    public static final DriftDetection DEFAULT = new DriftDetection(20, 0.05, 0.95, 0.5, 5);

    static DriftDetection read(Fields fields) {
        double least = fields.decimal("baseline_min", "0.05", "0.001", "0.5").doubleValue();
        double most = fields.decimal("baseline_max", "0.95", "0.5", "0.999").doubleValue();
        return new DriftDetection(
                (int) fields.whole("baseline_observations", DEFAULT.baselineObservations(), 1, 10_000),
                least,
                most,
                fields.decimal("k", "0.5", "0", "10").doubleValue(),
                fields.decimal("h", "5", "0.1", "1000").doubleValue());
    }
}
