/** Repositories: which executions have to do with which, and how they fare there. */
package io.fourfold.repository;
