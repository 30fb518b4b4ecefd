package io.fourfold.config;

/** How many days raw telemetry is kept. */
public record Retained(int telemetryDays) {

    public static final Retained DEFAULT = new Retained(90);

    private static final int DAYS_MAX = 36_500;

    static Retained read(Fields fields) {
        return new Retained((int) fields.whole("telemetry_days", DEFAULT.telemetryDays(), 1, DAYS_MAX));
    }
}
