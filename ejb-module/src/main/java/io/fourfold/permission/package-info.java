/**
 * Who may write what, as rules in configuration say. Off until {@code permissions_enabled} is in force; then each rule
 * is asked in the order of its priority, the first that holds decides, and what no rule allows is denied.
 *
 * <p>Covered: every record from outside, at every door (HTTP, batch, stream, Unix socket, configuration and freezes
 * over REST), and every REST request that changes something, which is asked about once more as a resource unless it is
 * nothing but records. Both after the scopes of a token. Not covered: reading, the dashboard (which only reads), what
 * the engine itself writes, what follows from a request that was allowed, and {@code threads/restore}, whose records
 * are those of others: the request is asked about, its records are not. A rule of any namespace holds for all.
 */
package io.fourfold.permission;
