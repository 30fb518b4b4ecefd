/** Tests from inside the container, beside the hosts they look at. */
package io.fourfold.container;
