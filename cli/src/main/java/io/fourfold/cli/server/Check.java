package io.fourfold.cli.server;

/** One finding of {@code doctor}; {@code advice} says what to do and is empty when all is well. */
record Check(String name, State state, String detail, String advice) {

    enum State {
        OK,
        WARN,
        FAIL
    }

    static Check ok(String name, String detail) {
        return new Check(name, State.OK, detail, "");
    }

    static Check warn(String name, String detail, String advice) {
        return new Check(name, State.WARN, detail, advice);
    }

    static Check fail(String name, String detail, String advice) {
        return new Check(name, State.FAIL, detail, advice);
    }
}
