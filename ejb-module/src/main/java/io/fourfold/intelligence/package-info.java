/** Intelligence: a model proposes a routing rule for what nobody else decided. It never acts by itself. */
package io.fourfold.intelligence;
