package io.fourfold.intelligence;

import io.fourfold.telemetry.Usage;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Answers as it was told, in order, and remembers what it was asked. */
final class ScriptedProvider implements Provider {

    static final Usage EACH = new Usage(1_000, 100, 0, 500);

    private final String model;
    private final Deque<Completion> answers = new ArrayDeque<>();
    final List<Prompt> asked = new ArrayList<>();

    ScriptedProvider(String model) {
        this.model = model;
    }

    /** Costs {@link #EACH}. */
    ScriptedProvider says(String text) {
        return comesTo(new Completion.Said(text, EACH));
    }

    ScriptedProvider comesTo(Completion completion) {
        answers.add(completion);
        return this;
    }

    @Override
    public String model() {
        return model;
    }

    @Override
    public Completion complete(Prompt prompt, Duration timeout) {
        asked.add(prompt);
        return answers.remove();
    }
}
