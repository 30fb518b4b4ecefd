/** Executions: one run of a workflow, from the queue to its end, and the runner that carries it out. */
package io.fourfold.orchestration.execution;
