/** Workflows: reading and checking the YAML, assembling prompts, and the aggregate that records their life. */
package io.fourfold.orchestration.workflow;
