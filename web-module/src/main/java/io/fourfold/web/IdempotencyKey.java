package io.fourfold.web;

import io.fourfold.container.Idempotency;
import io.fourfold.log.Sha256;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.container.ContainerResponseFilter;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.io.ByteArrayInputStream;
import java.io.IOException;

/**
 * {@code Idempotency-Key} on every POST: the first request is carried out, a repeat gets the first one's answer with
 * {@code Idempotency-Replayed: true}. Answers of 500 and above are not kept, so that a repeat tries again.
 */
@Provider
@ApplicationScoped
public class IdempotencyKey implements ContainerRequestFilter, ContainerResponseFilter {

    static final String HEADER = "Idempotency-Key";
    static final int KEY_MAX_CHARS = 255;

    /** The {@code Cache-Control} of an answer that must be kept nowhere. */
    static final String NO_STORE = "no-store";

    private static final String OURS = "fourfold.idempotency";

    @Inject
    Idempotency idempotency;

    @Override
    public void filter(ContainerRequestContext request) throws IOException {
        String key = request.getHeaderString(HEADER);
        if (key == null || !request.getMethod().equals("POST")) {
            return;
        }
        if (key.isBlank() || key.length() > KEY_MAX_CHARS) {
            request.abortWith(
                    Problem.of(400, "INVALID_INPUT", HEADER + ": expected 1 to " + KEY_MAX_CHARS + " characters"));
            return;
        }
        byte[] body = request.getEntityStream().readAllBytes();
        request.setEntityStream(new ByteArrayInputStream(body));
        switch (idempotency.begin(key, path(request), Sha256.hex(body))) {
            case Idempotency.Known.New fresh -> request.setProperty(OURS, key);
            case Idempotency.Known.AtWork busy ->
                request.abortWith(Problem.of(
                        409, "IN_PROGRESS", HEADER + ": expected a new key, but a request with it is at work"));
            case Idempotency.Known.Other other ->
                request.abortWith(Problem.of(
                        422, "KEY_REUSED", HEADER + ": expected the same body, but the key was used with another"));
            case Idempotency.Known.Answered answered ->
                request.abortWith(Response.status(answered.status())
                        .type(answered.mediaType())
                        .entity(answered.answer())
                        .header("Idempotency-Replayed", "true")
                        .build());
        }
    }

    @Override
    public void filter(ContainerRequestContext request, ContainerResponseContext response) {
        if (!(request.getProperty(OURS) instanceof String key)) {
            return;
        }
        boolean kept = !NO_STORE.equals(response.getHeaderString(HttpHeaders.CACHE_CONTROL));
        if (kept && response.getStatus() < 500 && response.getEntity() instanceof String answer) {
            idempotency.keep(key, path(request), response.getStatus(), String.valueOf(response.getMediaType()), answer);
        } else {
            idempotency.forget(key, path(request));
        }
    }

    /** With the token's id: another's answer is nobody's business. */
    private static String path(ContainerRequestContext request) {
        Object token = request.getProperty(Permissions.TOKEN);
        String query = request.getUriInfo().getRequestUri().getRawQuery();
        return request.getUriInfo().getPath() + (query == null ? "" : "?" + query) + (token == null ? "" : "#" + token);
    }
}
