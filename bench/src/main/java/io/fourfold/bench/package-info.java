/** Programs that measure Fourfold beside the floor of the same machine, in the same run. */
package io.fourfold.bench;
