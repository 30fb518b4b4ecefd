/** Organizations, their systems and repositories. */
package io.fourfold.organization;
