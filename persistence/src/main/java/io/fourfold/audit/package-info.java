/**
 * Proof that nothing was changed: records recomputed from what is stored, a Merkle tree over their ids (RFC 6962),
 * signed
 * heads of it, and the checks that need nothing but a file. Pure but for {@code jdbc}.
 */
package io.fourfold.audit;
