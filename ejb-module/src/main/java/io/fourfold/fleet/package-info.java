/**
 * The kill switch: a LEARN on {@code th_fleet_control} freezes a namespace with all below it, or everything. Softly,
 * nothing new is started; hard, what runs is ended after a grace as well; in an emergency at once, and no record of
 * users or agents is taken.
 */
package io.fourfold.fleet;
