/** Rows that were read by their key and may be read again: kept in this process, or in a Redis that servers share. */
package io.fourfold.view.cache;
