package io.fourfold.log;

/** What a record does: the first four coordinate, the last four are effects. */
public enum Act {
    INTEND,
    DO,
    KNOW,
    LEARN,
    GET,
    PUT,
    CALL,
    MAP
}
