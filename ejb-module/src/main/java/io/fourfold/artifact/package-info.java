/** Artifacts: what agents made. The events hold size and hash, the content store holds the bytes. */
package io.fourfold.artifact;
