/** The command line: an HTTP client of the public API, and the launcher's front. */
package io.fourfold.cli;
