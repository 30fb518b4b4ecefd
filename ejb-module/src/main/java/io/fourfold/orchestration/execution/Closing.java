package io.fourfold.orchestration.execution;

import io.fourfold.kit.Opened;
import java.io.IOException;
import java.util.List;

/** The record that a session has ended: said with what the phase came to, or alone. Its journal is kept until then. */
final class Closing {

    private final House house;
    private final Opened.Step<?, ?, ?> step;
    private final Journal journal;
    private boolean said;

    Closing(House house, Opened.Step<?, ?, ?> step, Journal journal) {
        this.house = house;
        this.step = step;
        this.journal = journal;
    }

    /** Of a session whose end is on record. */
    static Closing said() {
        Closing closing = new Closing(null, null, null);
        closing.said = true;
        return closing;
    }

    /** What is still to be said. */
    List<Opened.Step<?, ?, ?>> steps() {
        return said ? List.of() : List.of(step);
    }

    /** It was said with something else. */
    void done() throws IOException {
        if (!said) {
            said = true;
            journal.delete();
        }
    }

    void alone() throws IOException, InterruptedException {
        if (!said) {
            house.tell(step);
            done();
        }
    }
}
