package io.fourfold.orchestration.workspace;

/** A workspace could not be made, started or removed. */
public final class SandboxFailure extends RuntimeException {

    private static final long serialVersionUID = 1;

    public SandboxFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
