/** The commands that start, stop and look after a server on this machine. */
package io.fourfold.cli.server;
