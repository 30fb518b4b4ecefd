package io.fourfold.intelligence;

import io.fourfold.telemetry.Usage;
import java.time.Duration;
import java.util.List;

/** A language model that can be asked. */
public interface Provider {

    /** As prices and people know it. */
    String model();

    /** One call; ends within the timeout, and in time when its thread is interrupted. */
    Completion complete(Prompt prompt, Duration timeout) throws InterruptedException;

    /**
     * What it is asked.
     *
     * @param turns in order, by turns the user's and the model's, the first and the last the user's
     */
    record Prompt(String system, List<String> turns) {
        public Prompt {
            turns = List.copyOf(turns);
        }
    }

    /** What came of it. */
    sealed interface Completion {

        record Said(String text, Usage usage) implements Completion {}

        /** Another try may do. */
        record Transient(String reason) implements Completion {}

        record Final(String reason) implements Completion {}
    }
}
