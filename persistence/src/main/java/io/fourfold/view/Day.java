package io.fourfold.view;

import java.time.LocalDate;

/** Executions queued on one day, UTC, and how many of them failed. */
public record Day(LocalDate date, long executions, long failed) {}
