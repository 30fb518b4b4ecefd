package io.fourfold.web;

import io.fourfold.log.Refusal;

/** Carries a refusal to the one place that turns it into an answer. */
final class Refused extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final transient Refusal refusal;

    Refused(Refusal refusal) {
        super(refusal.message());
        this.refusal = refusal;
    }

    Refused(Refusal.Code code, String message) {
        this(Refusal.of(code, message));
    }

    Refusal refusal() {
        return refusal;
    }
}
