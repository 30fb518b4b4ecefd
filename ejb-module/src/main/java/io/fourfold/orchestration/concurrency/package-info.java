/** Keys of which only so many executions may be about at once: who is in, and who may come. */
package io.fourfold.orchestration.concurrency;
