package io.fourfold.orchestration.execution;

import io.fourfold.kit.Outcome;
import io.fourfold.log.LogUnavailable;
import io.fourfold.log.Refusal.Code;
import java.time.Duration;
import java.util.Set;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** What happened has to be recorded, so trouble with the storage is waited out instead of being taken for an answer. */
final class Patience {

    /** Beyond it the work is left as it is, for a server that can record it. */
    static final Duration TIME_MAX = Duration.ofSeconds(120);

    private static final Duration REST = Duration.ofMillis(250);
    private static final Set<Code> PASSING = Set.of(Code.OVERLOADED, Code.UNAVAILABLE, Code.STORAGE_FULL);

    private Patience() {}

    /**
     * Asks until there is an answer that another time would not change, or {@code still} does not hold any more.
     *
     * @throws LogUnavailable when there is none in time
     */
    static <S> Outcome<S> outlast(Supplier<Outcome<S>> question, BooleanSupplier still) throws InterruptedException {
        Signal never = new Signal();
        for (long left = TIME_MAX.toMillis(); ; left -= REST.toMillis()) {
            String trouble;
            try {
                Outcome<S> outcome = question.get();
                if (!(outcome instanceof Outcome.Refused<S> refused)
                        || !(refused.refusal().isOvertaken()
                                || PASSING.contains(refused.refusal().code()))
                        || !still.getAsBoolean()) {
                    return outcome;
                }
                trouble = refused.refusal().message();
            } catch (LogUnavailable unreachable) {
                trouble = unreachable.getMessage();
            }
            if (left <= 0) {
                throw new LogUnavailable(trouble, false, null);
            }
            never.rest(REST, () -> true);
        }
    }
}
