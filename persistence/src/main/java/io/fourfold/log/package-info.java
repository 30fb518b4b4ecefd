/**
 * What a record is, how it is hashed, stored and read. A record is a {@link io.fourfold.log.Draft} before it is stored
 * and an {@link io.fourfold.log.Entry} after; nothing here ever changes one.
 */
package io.fourfold.log;
