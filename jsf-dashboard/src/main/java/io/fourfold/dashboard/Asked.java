package io.fourfold.dashboard;

/** What an execution was asked for and will do at its next yield point. */
public enum Asked {
    NOTHING,
    PAUSE,
    CANCEL
}
