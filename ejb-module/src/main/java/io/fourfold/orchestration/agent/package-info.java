/** Agent providers, and how their output becomes observations. */
package io.fourfold.orchestration.agent;
