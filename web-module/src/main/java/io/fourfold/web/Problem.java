package io.fourfold.web;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.log.Refusal;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

/** Errors as RFC 9457 problem+json with our {@code code}; {@code detail} says what was expected and what came. */
final class Problem {

    static final MediaType TYPE = new MediaType("application", "problem+json");
    private static final int RETRY_AFTER_SECONDS = 1;

    private Problem() {}

    static Response of(Refusal refusal) {
        ObjectNode body = Answer.MAPPER.createObjectNode();
        int status = status(refusal.code());
        body.put("type", "about:blank");
        body.put("title", title(status));
        body.put("status", status);
        body.put("code", refusal.code().name());
        body.put("detail", refusal.message());
        refusal.details().forEach((name, value) -> body.set(name, Answer.MAPPER.valueToTree(value)));
        Response.ResponseBuilder answer = Response.status(status).type(TYPE).entity(body.toString());
        return (status == 503 ? answer.header("Retry-After", RETRY_AFTER_SECONDS) : answer).build();
    }

    static Response of(int status, String code, String detail) {
        ObjectNode body = Answer.MAPPER.createObjectNode();
        body.put("type", "about:blank");
        body.put("title", title(status));
        body.put("status", status);
        body.put("code", code);
        body.put("detail", detail);
        return Response.status(status).type(TYPE).entity(body.toString()).build();
    }

    static int status(Refusal.Code code) {
        return switch (code) {
            case INVALID_RECORD, NAMESPACE_INVALID -> 400;
            case INVALID_INPUT, INVALID_WORKFLOW, MISSING_FILES -> 422;
            case NAMESPACE_REJECTED, SCOPE_DENIED, ACTOR_DENIED -> 403;
            case NOT_FOUND -> 404;
            case CLOCK_CONFLICT, VERSION_CONFLICT, WRONG_STATE, ALREADY_EXISTS, AMBIGUOUS_ID -> 409;
            case TOO_LARGE -> 413;
            case OVERLOADED, UNAVAILABLE -> 503;
            case QUERY_TIMEOUT -> 504;
        };
    }

    private static String title(int status) {
        Response.Status known = Response.Status.fromStatusCode(status);
        return known == null ? status == 422 ? "Unprocessable Content" : "Error" : known.getReasonPhrase();
    }
}
