/** Sessions: one agent at work in one phase, with what it used. */
package io.fourfold.session;
