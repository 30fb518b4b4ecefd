package io.fourfold.view.planted;

import io.fourfold.kit.Ids;

/** Lies in the storage and knows the system. */
public final class LooksUp {
    Ids ids;
}
