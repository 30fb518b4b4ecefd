package io.fourfold.log;

/** An actor's place in a thread, where its clock counts. */
public record Seat(ThreadId thread, Did actor) {}
