/** Workspaces: the sealed places in which agents work, and the aggregate that records their life. */
package io.fourfold.orchestration.workspace;
