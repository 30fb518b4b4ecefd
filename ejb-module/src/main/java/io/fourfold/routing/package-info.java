/** Where a record goes: the cascade's steps in order, each asked only when the ones before it did not decide. */
package io.fourfold.routing;
