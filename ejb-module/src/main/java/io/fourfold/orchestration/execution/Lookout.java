package io.fourfold.orchestration.execution;

import java.lang.System.Logger.Level;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;

/** Has an execution looked at when its thread has grown: once, however often that is said meanwhile. */
final class Lookout implements Runnable {

    private static final System.Logger LOGGER = System.getLogger(Lookout.class.getName());

    private final Control control;
    private final Executor executor;
    private final AtomicBoolean due = new AtomicBoolean();

    Lookout(Control control, Executor executor) {
        this.control = control;
        this.executor = executor;
    }

    /** On another thread, for who says it may not wait. */
    void soon() {
        if (due.compareAndSet(false, true)) {
            executor.execute(this);
        }
    }

    /** Trouble is over with the next look, or with the one after that. */
    @Override
    public void run() {
        due.set(false);
        try {
            control.look();
        } catch (RuntimeException trouble) {
            LOGGER.log(Level.DEBUG, "An execution is looked at again soon", trouble);
        }
    }
}
