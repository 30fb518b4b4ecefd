/** The real server, booted from what was built, met through its command line, its API and a browser. */
package io.fourfold.system;
