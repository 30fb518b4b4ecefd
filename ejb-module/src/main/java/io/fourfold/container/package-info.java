/** The rim: EJBs that host the loops, the wiring, and what the server offers to REST and dashboard. */
package io.fourfold.container;
