/**
 * The observability lane: what agents did, second by second. Append-only and schema-checked; it never decides anything.
 */
package io.fourfold.telemetry;
