package io.fourfold.plantedagain;

import io.fourfold.planted.Planted;

/** Depends on the package that depends on it. */
public final class Circle {
    Planted.ThereAndBack back;
}
