/**
 * Threads in a file, to be read by anybody and restored anywhere: NDJSON, a manifest first, then each record with its
 * id.
 */
package io.fourfold.snapshot;
