package io.fourfold.container;

/** This server, as files that leave it name it. */
public final class Instance {

    private Instance() {}

    public static String name() {
        return Configuration.text(Settings.NODE);
    }

    /** What it is for: api, executor or all. */
    public static String role() {
        return Configuration.role().wire();
    }
}
