/** What audits read from PostgreSQL: rows as they lie there, and the roots of subtrees. */
package io.fourfold.audit.jdbc;
