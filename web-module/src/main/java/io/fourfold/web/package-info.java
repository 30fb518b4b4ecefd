/** REST and live streams: one resource for each noun. Nothing is decided here. */
package io.fourfold.web;
