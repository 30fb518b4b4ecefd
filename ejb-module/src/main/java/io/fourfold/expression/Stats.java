package io.fourfold.expression;

/**
 * How expressions fare since the start.
 *
 * @param cached      compiled expressions kept now
 * @param misses      compilations, the refused among them
 * @param refusals    texts that do not compile
 * @param errors      evaluations without an answer, the stopped among them
 * @param stopped     evaluations that a limit ended
 */
public record Stats(
        int cached, int capacity, long hits, long misses, long refusals, long evaluations, long errors, long stopped) {}
