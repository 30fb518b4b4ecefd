/**
 * Read models: one entity for each, folded from the log and never the truth. Fields are public because a row is plain
 * data between a fold and a reader; EclipseLink compares it at commit (change tracking is not woven), so nothing is
 * missed.
 */
package io.fourfold.view;
