/** The executions that wait for a runner: where each stands in line, and why it is not begun yet. */
package io.fourfold.line;
