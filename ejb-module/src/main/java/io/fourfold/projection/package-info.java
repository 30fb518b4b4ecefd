/** The read models: which there are, how their rows are written in batches, and how one is folded again. */
package io.fourfold.projection;
