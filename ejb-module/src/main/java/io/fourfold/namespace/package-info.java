/**
 * Namespaces {@code org/project/env/job}: which of them may be written to. A namespace is only as active as its
 * ancestors.
 */
package io.fourfold.namespace;
