package io.fourfold.orchestration.execution;

import io.fourfold.kit.Opened;
import java.io.IOException;
import java.lang.System.Logger.Level;
import java.util.List;

/** The record that a session has ended: said with what the phase came to, or alone. Its journal is kept until then. */
final class Closing {

    private static final System.Logger LOGGER = System.getLogger(Closing.class.getName());

    private final House house;
    private final Opened.Step<?, ?, ?> step;
    private final Journal journal;
    private boolean said;

    /** @param journal null when it is to stay: the conversation is nowhere else */
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
    void done() {
        if (!said) {
            said = true;
            deleteJournal();
        }
    }

    /** Says it in a commit of its own; refused only when it is on record already. */
    void alone() throws InterruptedException {
        if (!said) {
            house.tell(step);
            done();
        }
    }

    private void deleteJournal() {
        try {
            if (journal != null) {
                journal.delete();
            }
        } catch (IOException broken) {
            LOGGER.log(Level.WARNING, "The journal of a session stays", broken);
        }
    }
}
