package io.fourfold.telemetry;

/** Tokens in their four classes; counts never go below zero. */
public record Usage(long input, long output, long cacheCreation, long cacheRead) {

    public static final Usage NONE = new Usage(0, 0, 0, 0);

    public long total() {
        return input + output + cacheCreation + cacheRead;
    }

    public Usage plus(Usage other) {
        return new Usage(
                input + other.input,
                output + other.output,
                cacheCreation + other.cacheCreation,
                cacheRead + other.cacheRead);
    }

    /** The larger of both, class by class: repeated reports of one message grow. */
    public Usage max(Usage other) {
        return new Usage(
                Math.max(input, other.input),
                Math.max(output, other.output),
                Math.max(cacheCreation, other.cacheCreation),
                Math.max(cacheRead, other.cacheRead));
    }
}
