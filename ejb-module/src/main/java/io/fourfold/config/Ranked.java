package io.fourfold.config;

/** Asked in the order of its priority, the highest first. */
interface Ranked {

    long priority();
}
