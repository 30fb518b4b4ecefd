package io.fourfold.dashboard;

/** A way to look at a list. */
public record Choice(String text, String tone, String count, String link, boolean chosen) {}
