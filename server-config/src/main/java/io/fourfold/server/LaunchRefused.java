package io.fourfold.server;

/** The server cannot start as asked. The message is one sentence: what is wrong and what to do. */
final class LaunchRefused extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LaunchRefused(String message) {
        super(message);
    }
}
