package io.fourfold.token;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import io.fourfold.log.Refusal.Code;
import io.fourfold.log.ThreadId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import javax.sql.DataSource;

/** Issues, checks and revokes tokens. Each issue and each revocation is a record too; the secret never is. */
public final class TokenDesk {

    public static final ThreadId THREAD = new ThreadId("th_actor_registry");

    private final TokenTable table;
    private final Function<Append, Receipt> inlet;
    private final RandomGenerator random;
    private final Clock clock;

    /** @param random fit for secrets */
    public TokenDesk(DataSource source, Function<Append, Receipt> inlet, RandomGenerator random, Clock clock) {
        this.table = new TokenTable(source);
        this.inlet = inlet;
        this.random = random;
        this.clock = clock;
    }

    /** What a bearer is found to be. */
    public sealed interface Known {

        record Bearer(Token token) implements Known {}

        /** @param fault reads on from "the token …" */
        record Nobody(String fault) implements Known {}
    }

    /** What came of a request for a token. */
    public sealed interface Issued {

        record Done(Token token, Secret secret) implements Issued {}

        record Refused(Refusal refusal) implements Issued {}
    }

    /** The record comes first: no token is without one. {@code lifetime} is null for no end. */
    public Issued issue(String name, Rights rights, Duration lifetime, Did by) {
        Instant now = clock.instant();
        Secret secret = Secret.fresh(random);
        Instant expiresAt = lifetime == null ? null : now.plus(lifetime);
        Token token = new Token(secret.id(), name, rights, now, expiresAt, null, null);
        return switch (inlet.apply(learn("token.created.v1", token, by))) {
            case Receipt.Refused refused -> new Issued.Refused(refused.refusal());
            case Receipt.Stored stored -> {
                table.insert(token, secret.sha256());
                yield new Issued.Done(token, secret);
            }
        };
    }

    /** Closed first, recorded then: whatever fails, it opens nothing any more. */
    public Optional<Refusal> revoke(String id, Did by) {
        Optional<Token> token = table.find(id).map(TokenTable.Stored::token);
        if (token.isEmpty()) {
            return Optional.of(Refusal.of(Code.NOT_FOUND, "Expected a token, but none has the id " + id));
        }
        if (!table.revoke(id, clock.instant())) {
            return Optional.empty();
        }
        return switch (inlet.apply(learn("token.revoked.v1", token.get(), by))) {
            case Receipt.Refused refused -> Optional.of(refused.refusal());
            case Receipt.Stored stored -> Optional.empty();
        };
    }

    public List<Token> list() {
        return table.list();
    }

    /** Whose token this is; that it is used is remembered to the minute. */
    public Known check(String bearer) {
        Optional<Secret> secret = Secret.parse(bearer);
        Optional<TokenTable.Stored> stored = secret.flatMap(s -> table.find(s.id()));
        if (stored.isEmpty() || !secret.get().is(stored.get().sha256())) {
            return new Known.Nobody("is unknown");
        }
        Token token = stored.get().token();
        Instant now = clock.instant();
        String fault = token.fault(now);
        if (fault != null) {
            return new Known.Nobody(fault);
        }
        table.used(token.id(), now);
        return new Known.Bearer(token);
    }

    private static Append learn(String kind, Token token, Did by) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.put("topic", "token").put("kind", kind).put("token", token.id()).put("name", token.name());
        Rights rights = token.rights();
        rights.actors().stream().map(ActorPattern::value).forEach(body.putArray("actors")::add);
        rights.scopes().stream().map(Scope::wireName).sorted().forEach(body.putArray("scopes")::add);
        rights.namespaces().forEach(body.putArray("namespaces")::add);
        if (token.expiresAt() != null) {
            body.put("expires_at", token.expiresAt().toString());
        }
        return Append.of(Draft.of(THREAD, by, Act.LEARN, Json.of(body)));
    }
}
