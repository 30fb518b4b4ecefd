package io.fourfold.dispatch;

/** One way to get something done. */
public interface Adapter {

    /** Its family, for example {@code http}. */
    String family();

    /** Whether it may be begun again after a crash in the middle: it finds what it had begun. */
    boolean repeatable();

    /** Does it, or has it done; ends in time when its thread is interrupted. */
    Report perform(Brief brief) throws InterruptedException;
}
