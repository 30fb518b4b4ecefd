package io.fourfold.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.log.Act;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.Refusal;
import io.fourfold.log.ThreadId;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RightsTest {

    @ParameterizedTest
    @CsvSource({
        "did:a:x, did:a:x, true",
        "did:a:x, did:a:xy, false",
        "did:a:x*, did:a:xy, true",
        "did:a:x*, did:a:x, true",
        "did:a:x*, did:a:y, false",
        "did:a:*, did:b:x, false"
    })
    void anActorIsClaimedByNameOrBeginning(String pattern, String actor, boolean matches) {
        assertThat(new ActorPattern(pattern).matches(new Did(actor))).isEqualTo(matches);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "*", "did:*", "did:a:", "did:a:x*y", "alice", "did:a:x y"})
    void whatMatchesNoActorIsNoPattern(String pattern) {
        assertThatThrownBy(() -> new ActorPattern(pattern)).hasMessageContaining("expected an actor");
    }

    @ParameterizedTest
    @CsvSource({"acme, true", "acme/shop, true", "acmeX, false", "default, false", "ac, false"})
    void aNamespaceIsSeenWithAllBelowIt(String namespace, boolean seen) {
        assertThat(rights("acme", Scope.RECORDS_WRITE).sees(namespace)).isEqualTo(seen);
    }

    @ParameterizedTest
    @CsvSource({
        "th_x, did:a:x, acme, ''",
        "th_x, did:a:y, acme, ACTOR_DENIED",
        "th_x, did:a:x, other, NAMESPACE_REJECTED",
        "th_x, did:a:x, '', NAMESPACE_REJECTED",
        "th_engine_config, did:a:x, acme, SCOPE_DENIED",
        "th_namespace_registry, did:a:x, acme, SCOPE_DENIED",
        "th_actor_registry, did:a:x, acme, SCOPE_DENIED"
    })
    void aRecordIsRefusedForItsActorItsNamespaceOrItsThread(
            String thread, String actor, String namespace, String code) {
        assertThat(code(rights("acme", Scope.RECORDS_WRITE), thread, actor, namespace))
                .isEqualTo(code);
    }

    @Test
    void whoSeesAPartDoesNotSteerTheWhole() {
        assertThat(code(rights("acme", Scope.CONFIG_WRITE), "th_engine_config", "did:a:x", "acme"))
                .isEqualTo("NAMESPACE_REJECTED");
        assertThat(code(rights(null, Scope.CONFIG_WRITE), "th_engine_config", "did:a:x", "acme"))
                .isEmpty();
    }

    @Test
    void adminOpensEverythingAndNothingElseDoes() {
        assertThat(Arrays.stream(Scope.values()).allMatch(rights(null, Scope.ADMIN)::has))
                .isTrue();
        for (Scope scope : EnumSet.complementOf(EnumSet.of(Scope.ADMIN))) {
            assertThat(Arrays.stream(Scope.values()).filter(rights(null, scope)::has))
                    .containsExactly(scope);
        }
    }

    @Test
    void theWireNamesOfScopesAreFrozen() {
        assertThat(Arrays.stream(Scope.values()).map(Scope::wireName).collect(Collectors.joining(" ")))
                .isEqualTo(
                        "records:read records:write config:read config:write executions:read executions:write admin");
    }

    @Test
    void theLocalUserIsAnybodyAnywhere() {
        assertThat(code(Rights.ALL, "th_actor_registry", "did:any:body", "nowhere"))
                .isEmpty();
    }

    private static Rights rights(String namespace, Scope scope) {
        return new Rights(
                Set.of(scope),
                List.of(new ActorPattern("did:a:x")),
                namespace == null ? List.of() : List.of(namespace));
    }

    private static String code(Rights rights, String thread, String actor, String namespace) {
        String body = namespace.isEmpty() ? "{}" : "{\"namespace\":\"" + namespace + "\"}";
        Draft draft = Draft.of(new ThreadId(thread), new Did(actor), Act.KNOW, Json.parse(body));
        return rights.refusal(draft).map(Refusal::code).map(Enum::name).orElse("");
    }
}
