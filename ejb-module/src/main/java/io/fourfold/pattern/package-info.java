/** Patterns: work that was done the same way so often, and so well, that it need not be thought about again. */
package io.fourfold.pattern;
