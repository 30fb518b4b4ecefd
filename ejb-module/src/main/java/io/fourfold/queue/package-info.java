/** Work that waits for a worker, shared by all nodes: executions and dispatches. */
package io.fourfold.queue;
