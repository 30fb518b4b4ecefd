/** Decisions: what somebody is asked on {@code th_decisions}, what he answers, and what follows from the answer. */
package io.fourfold.decision;
