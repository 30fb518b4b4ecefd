/** The log in PostgreSQL: read through JPA, appended by one batched statement per group. */
package io.fourfold.log.jpa;
