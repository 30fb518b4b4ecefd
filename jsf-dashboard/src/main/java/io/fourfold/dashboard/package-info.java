/**
 * The dashboard: one page per file, thin over the read models; what a picture is made of is worked out in small pure
 * classes.
 */
package io.fourfold.dashboard;
