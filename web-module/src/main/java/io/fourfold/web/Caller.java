package io.fourfold.web;

import io.fourfold.log.Did;

/** Who asks. Without sign-in the caller may claim any actor, and is the local user when it claims none. */
final class Caller {

    static final String HEADER = "Fourfold-Actor";

    static final Did LOCAL = new Did("did:fourfold:user:local");

    private Caller() {}

    static Did of(String header) {
        return header == null || header.isBlank() ? LOCAL : new Did(header.strip());
    }
}
