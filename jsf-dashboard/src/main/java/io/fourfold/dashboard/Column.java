package io.fourfold.dashboard;

/** A heading that sorts; {@code direction} is {@code ascending, descending} or {@code none}. */
public record Column(String key, String text, String link, String direction) {}
