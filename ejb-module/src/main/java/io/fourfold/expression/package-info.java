/** CEL: conditions in configuration, compiled once and checked against the names of their context. */
package io.fourfold.expression;
