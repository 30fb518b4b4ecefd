package io.fourfold.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.token.ActorPattern;
import io.fourfold.token.Rights;
import io.fourfold.token.Scope;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class AccessTest {

    private record Found(Class<?> resource, Method method) {}

    private static List<Found> methods() throws Exception {
        List<Found> found = new ArrayList<>();
        for (Class<?> resource : resources()) {
            for (Method method : resource.getDeclaredMethods()) {
                if (Arrays.stream(method.getAnnotations())
                        .anyMatch(a -> a.annotationType().isAnnotationPresent(HttpMethod.class))) {
                    found.add(new Found(resource, method));
                }
            }
        }
        return found;
    }

    private static List<Class<?>> resources() throws Exception {
        List<Class<?>> resources = new ArrayList<>();
        for (String name : names()) {
            Class<?> type = Class.forName("io.fourfold.web." + name, false, AccessTest.class.getClassLoader());
            if (type.isAnnotationPresent(Path.class)) {
                resources.add(type);
            }
        }
        return resources;
    }

    private static List<String> names() throws Exception {
        try (Stream<java.nio.file.Path> files = Files.list(folder())) {
            return files.map(f -> f.getFileName().toString())
                    .filter(f -> f.endsWith(".class"))
                    .map(f -> f.substring(0, f.length() - 6))
                    .toList();
        }
    }

    private static java.nio.file.Path folder() throws URISyntaxException {
        return java.nio.file.Path.of(Access.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI())
                .resolve("io/fourfold/web");
    }

    @Test
    void everyResourceHasARow() throws Exception {
        List<Found> methods = methods();

        assertThat(methods).hasSizeGreaterThan(60);
        assertThat(methods).allSatisfy(found -> assertThat(Access.of(found.resource(), found.method()))
                .as(Access.template(found.resource(), found.method()))
                .isPresent());
    }

    @Test
    void onlyTheRootAndItsHealthAreOpen() throws Exception {
        assertThat(methods().stream()
                        .filter(found -> Access.needed(found.resource(), found.method()) == null)
                        .map(found -> Access.template(found.resource(), found.method())))
                .containsExactlyInAnyOrder("", "health", "sse/health");
    }

    @Test
    void whatChangesSomethingNeedsMoreThanReading() throws Exception {
        List<String> harmless = List.of(
                "records/query",
                "records/route",
                "decisions/{id}/preview",
                "triggers/{name}/test",
                "workflows/validate",
                "expressions/check",
                "expressions/eval");
        Set<Scope> reading = Set.of(Scope.RECORDS_READ, Scope.CONFIG_READ, Scope.EXECUTIONS_READ);

        assertThat(methods().stream()
                        .filter(found -> !Access.isRead(found.method()))
                        .filter(found -> reading.contains(Access.needed(found.resource(), found.method())))
                        .map(found -> Access.template(found.resource(), found.method())))
                .containsExactlyInAnyOrderElementsOf(harmless);
    }

    @Test
    void theScopesOfAFewAreWhatTheyShouldBe() throws Exception {
        Map<String, Scope> expected = Map.of(
                "records", Scope.RECORDS_WRITE,
                "records/{id}", Scope.RECORDS_READ,
                "threads/{id}/records", Scope.RECORDS_READ,
                "executions/{id}/cancel", Scope.EXECUTIONS_WRITE,
                "tokens/{id}/revoke", Scope.ADMIN,
                "doctor", Scope.ADMIN,
                "settings", Scope.CONFIG_READ,
                "namespaces/{id: .+}/archive", Scope.CONFIG_WRITE);
        List<Found> methods = methods();
        expected.forEach((path, scope) -> assertThat(methods.stream()
                        .filter(f -> Access.template(f.resource(), f.method()).equals(path))
                        .map(f -> Access.needed(f.resource(), f.method())))
                .as(path)
                .containsOnly(scope));
    }

    @ParameterizedTest
    @EnumSource(Scope.class)
    void executionsAndTheServerAreNotForWhoSeesOnlyAnotherNamespace(Scope scope) {
        Rights limited = new Rights(Set.of(scope), List.of(new ActorPattern("did:a:x")), List.of("acme"));
        Rights unlimited = new Rights(Set.of(scope), List.of(new ActorPattern("did:a:x")), List.of());
        boolean inNamespaces =
                scope.name().startsWith("RECORDS") || scope.name().startsWith("CONFIG");

        assertThat(Access.refusal(scope, limited).isEmpty()).isEqualTo(inNamespaces);
        assertThat(Access.refusal(scope, unlimited)).isEmpty();
    }

    @Test
    void everyQueryParameterIsOfATypeThatIsChecked() throws Exception {
        Set<Class<?>> checked = Set.of(String.class, List.class, boolean.class, int.class, long.class, Long.class);
        List<Class<?>> types = methods().stream()
                .<Class<?>>flatMap(found -> KnownParameters.known(found.method()).values().stream())
                .toList();
        assertThat(types).isNotEmpty().isSubsetOf(checked);
    }
}
