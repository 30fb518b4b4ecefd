package io.fourfold.web;

import io.fourfold.config.EngineConfigs;
import io.fourfold.container.Configuration;
import io.fourfold.log.Did;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Refusal;
import io.fourfold.token.Rights;
import io.fourfold.token.Scope;
import io.fourfold.token.Token;
import io.fourfold.token.TokenDesk;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Who may do what, decided before a resource sees the request. A token that is shown is always held to what it may; who
 * shows none is the local user, or nobody where {@code fourfold.auth} is {@code token} or {@code auth_required} is in
 * force. After that {@link Changes} says what may be changed.
 */
@Provider
@Priority(Priorities.AUTHENTICATION)
@ApplicationScoped
public class Permissions implements ContainerRequestFilter {

    /** The request's property with the id of its token. */
    static final String TOKEN = "fourfold.token";

    private static final String BEARER = "bearer ";

    private final Map<Method, Optional<Scope>> needed = new ConcurrentHashMap<>();

    @Context
    ResourceInfo resource;

    @Inject
    TokenDesk tokens;

    @Inject
    Visit visit;

    @Inject
    EngineConfigs configs;

    @Inject
    Changes changes;

    @Override
    public void filter(ContainerRequestContext request) {
        Scope scope = needed.computeIfAbsent(resource.getResourceMethod(), this::needed)
                .orElse(null);
        String shown = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (shown == null) {
            visit.begin(Rights.ALL);
            if (scope != null
                    && (Configuration.tokensOnly() || configs.current().authRequired())) {
                request.abortWith(unknown("Expected Authorization: Bearer and a token, but there is none"));
            } else {
                change(request, scope).ifPresent(refusal -> request.abortWith(Problem.of(refusal)));
            }
            return;
        }
        if (!shown.toLowerCase(Locale.ROOT).startsWith(BEARER)) {
            request.abortWith(unknown("Expected Authorization: Bearer and a token, but this is of another kind"));
            return;
        }
        switch (tokens.check(shown.substring(BEARER.length()).strip())) {
            case TokenDesk.Known.Nobody nobody ->
                request.abortWith(unknown("Expected a token that is valid, but this one " + nobody.fault()));
            case TokenDesk.Known.Bearer bearer -> hold(request, scope, bearer.token());
        }
    }

    private Optional<Scope> needed(Method method) {
        return Optional.ofNullable(Access.needed(resource.getResourceClass(), method));
    }

    private void hold(ContainerRequestContext request, Scope needed, Token token) {
        visit.begin(token.rights());
        request.setProperty(TOKEN, token.id());
        String claimed = request.getHeaderString(Caller.HEADER);
        if (claimed == null || claimed.isBlank()) {
            request.getHeaders().putSingle(Caller.HEADER, token.actor());
        }
        Optional<Refusal> scope = needed == null ? Optional.empty() : Access.refusal(needed, token.rights());
        scope.or(() -> actor(request.getHeaderString(Caller.HEADER), token.rights()))
                .or(() -> change(request, needed))
                .ifPresent(refusal -> request.abortWith(Problem.of(refusal)));
    }

    private Optional<Refusal> change(ContainerRequestContext request, Scope needed) {
        try {
            return changes.refusal(
                    Access.template(resource.getResourceClass(), resource.getResourceMethod()),
                    needed,
                    Access.isRead(resource.getResourceMethod()),
                    request.getUriInfo().getPathParameters(),
                    request.getHeaderString(Caller.HEADER));
        } catch (InvalidRecord noActor) {
            return Optional.of(noActor.refusal());
        }
    }

    private static Optional<Refusal> actor(String claimed, Rights rights) {
        try {
            return rights.refusal(new Did(claimed.strip()));
        } catch (InvalidRecord noActor) {
            return Optional.of(noActor.refusal());
        }
    }

    private static Response unknown(String detail) {
        return Response.fromResponse(Problem.of(401, "UNAUTHENTICATED", detail))
                .header(HttpHeaders.WWW_AUTHENTICATE, "Bearer")
                .build();
    }
}
