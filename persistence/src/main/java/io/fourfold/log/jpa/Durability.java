package io.fourfold.log.jpa;

/** What an acknowledged record has survived. */
public enum Durability {
    /** It is on the disk of the database. */
    DURABLE("on"),
    /** It is with the database, and on disk within a second: a crash of the machine may lose it. */
    RELAXED("off");

    private final String synchronousCommit;

    Durability(String synchronousCommit) {
        this.synchronousCommit = synchronousCommit;
    }

    String synchronousCommit() {
        return synchronousCommit;
    }
}
