/**
 * A whole instance in a folder, taken while it runs: {@code manifest.json}, {@code records.ndjson} in order of
 * position,
 * {@code telemetry.ndjson}, {@code tokens.ndjson}, {@code content/} by hash, {@code keys/}.
 */
package io.fourfold.backup;
