package io.fourfold.config;

/** A switch: on while a record of it is in force. */
public record Enabled() {

    static Enabled read(Fields fields) {
        return new Enabled();
    }
}
