/**
 * Trust: how far an actor's work in a domain was accepted by others. Nothing is stored that verdicts do not say; old
 * ones weigh less.
 */
package io.fourfold.trust;
