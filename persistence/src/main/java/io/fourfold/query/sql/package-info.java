/** Questions carried out: the SQL sent to PostgreSQL, and the indexes that make it fast. */
package io.fourfold.query.sql;
