/** The servers on one database: what each is for, and when it was last heard of. */
package io.fourfold.node;
