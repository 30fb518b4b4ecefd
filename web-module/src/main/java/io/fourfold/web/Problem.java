package io.fourfold.web;

import io.fourfold.door.Reply;
import io.fourfold.log.Refusal;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Errors as RFC 9457 problem+json with our {@code code}; {@code detail} says what was expected and what came. */
final class Problem {

    static final MediaType TYPE = new MediaType("application", "problem+json");
    private static final int RETRY_AFTER_SECONDS = 1;

    private Problem() {}

    static Response of(Refusal refusal) {
        return of(Reply.of(refusal));
    }

    static Response of(int status, String code, String detail) {
        return of(Reply.of(status, code, detail));
    }

    static Response of(Reply reply) {
        Response.ResponseBuilder answer =
                Response.status(reply.status()).type(TYPE).entity(reply.json());
        return (reply.status() == 503 ? answer.header("Retry-After", RETRY_AFTER_SECONDS) : answer).build();
    }
}
