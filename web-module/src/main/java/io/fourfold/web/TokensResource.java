package io.fourfold.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.fourfold.log.Did;
import io.fourfold.token.ActorPattern;
import io.fourfold.token.Rights;
import io.fourfold.token.Scope;
import io.fourfold.token.Token;
import io.fourfold.token.TokenDesk;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Tokens: who may speak to this server, and how far. */
@ApplicationScoped
@Path("tokens")
public class TokensResource {

    @Inject
    TokenDesk desk;

    record Listed(List<Shown> tokens, int total, String next) {}

    record Shown(
            String id,
            String name,
            List<String> scopes,
            List<String> actors,
            List<String> namespaces,
            Instant createdAt,
            Instant expiresAt,
            Instant revokedAt,
            Instant lastUsedAt,
            @JsonInclude(JsonInclude.Include.NON_NULL) String token) {}

    @GET
    public Response list() {
        List<Shown> shown = desk.list().stream().map(t -> shown(t, null)).toList();
        return Answer.ok(new Listed(shown, shown.size(), null));
    }

    /** The answer holds the token itself, this once. */
    @POST
    public Response create(@HeaderParam(Caller.HEADER) String actor, String body) {
        TokenForm form = Body.read(body, TokenForm.class);
        Duration lifetime = form.lifetime();
        Did by = Caller.of(actor);
        return switch (desk.issue(form.checkedName(), form.rights(), lifetime, by)) {
            case TokenDesk.Issued.Refused refused -> throw new Refused(refused.refusal());
            case TokenDesk.Issued.Done done ->
                Response.fromResponse(
                                Answer.of(201, shown(done.token(), done.secret().reveal())))
                        .header(HttpHeaders.CACHE_CONTROL, IdempotencyKey.NO_STORE)
                        .build();
        };
    }

    /** From now on it opens nothing. Asked again, it is still so. */
    @POST
    @Path("{id}/revoke")
    public Response revoke(@PathParam("id") String id, @HeaderParam(Caller.HEADER) String actor) {
        desk.revoke(id, Caller.of(actor)).ifPresent(refusal -> {
            throw new Refused(refusal);
        });
        return Answer.ok(Map.of("id", id, "revoked", true));
    }

    private static Shown shown(Token token, String secret) {
        Rights rights = token.rights();
        return new Shown(
                token.id(),
                token.name(),
                rights.scopes().stream().sorted().map(Scope::wireName).toList(),
                rights.actors().stream().map(ActorPattern::value).toList(),
                rights.namespaces(),
                token.createdAt(),
                token.expiresAt(),
                token.revokedAt(),
                token.lastUsedAt(),
                secret);
    }
}
