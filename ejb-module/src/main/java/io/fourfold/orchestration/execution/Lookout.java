package io.fourfold.orchestration.execution;

import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;

/** Has an execution looked at when its thread has grown: once, however often that is said meanwhile. */
final class Lookout {

    private static final System.Logger LOGGER = System.getLogger(Lookout.class.getName());

    private final Control control;
    private final Executor executor;
    private final AtomicLong due = new AtomicLong();

    Lookout(Control control, Executor executor) {
        this.control = control;
        this.executor = executor;
    }

    /** The thread holds so many entries; on another thread of the machine, for who says it may not wait. */
    void soon(long length) {
        if (length > 0 && due.getAndAccumulate(length, Math::max) == 0) {
            executor.execute(() -> look(due.getAndSet(0)));
        }
    }

    /** Should a ring have been missed. */
    void now() {
        look(Long.MAX_VALUE);
    }

    /** Trouble is over with the next look, or with the one after that. */
    private void look(long length) {
        try {
            control.look(length);
        } catch (RuntimeException trouble) {
            LOGGER.log(Level.DEBUG, "An execution is looked at again soon", trouble);
        }
    }
}
