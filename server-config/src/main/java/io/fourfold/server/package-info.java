/**
 * How a server is put together: the embedded PostgreSQL, Payara Micro with the EAR, and the launcher that starts and
 * stops both.
 */
package io.fourfold.server;
