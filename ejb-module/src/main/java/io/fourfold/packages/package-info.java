/** Packages of workflows: where they come from, what is in them, installing, updating and uninstalling, registries. */
package io.fourfold.packages;
