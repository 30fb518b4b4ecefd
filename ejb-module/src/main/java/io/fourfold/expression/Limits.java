package io.fourfold.expression;

import dev.cel.common.CelOptions;

/** What an expression may cost; the options of CEL follow from it. */
final class Limits {

    /** Characters of one expression. */
    static final int TEXT_CHARACTERS_MAX = 4_096;

    /** Expressions within expressions. */
    static final int NESTING_MAX = 64;

    /** Compiled expressions kept. */
    static final int CACHE_EXPRESSIONS_MAX = 1_024;

    /** Steps of one evaluation, see {@link Meter}: under 10 ms of one core. */
    static final long STEPS_MAX = 50_000;

    /** Rounds of all comprehensions of one evaluation together. */
    static final int ROUNDS_MAX = 20_000;

    /** Milliseconds of one evaluation, the facts it asks for included: reached only where they are slow. */
    static final long WALL_MILLIS_MAX = 50;

    /** Instructions of one regular expression. */
    static final int REGEX_INSTRUCTIONS_MAX = 1_000;

    static final CelOptions OPTIONS = CelOptions.current()
            .enableHeterogeneousNumericComparisons(true)
            .maxExpressionCodePointSize(TEXT_CHARACTERS_MAX)
            .maxParseRecursionDepth(NESTING_MAX)
            .comprehensionMaxIterations(ROUNDS_MAX)
            .maxRegexProgramSize(REGEX_INSTRUCTIONS_MAX)
            .build();

    private Limits() {}
}
