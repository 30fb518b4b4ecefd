package io.fourfold.log;

/** How far a reader of the log has come, kept between its runs. */
public interface Cursor {

    /** The position of the last entry it has dealt with, 0 at first. */
    long load();

    void store(long position);
}
