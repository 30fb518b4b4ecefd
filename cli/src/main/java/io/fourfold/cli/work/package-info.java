/** Commands that work with a running server: runs, workflows, executions, sessions, artifacts, records. */
package io.fourfold.cli.work;
