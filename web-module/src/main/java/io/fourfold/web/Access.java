package io.fourfold.web;

import io.fourfold.log.Entry;
import io.fourfold.log.Refusal;
import io.fourfold.token.Rights;
import io.fourfold.token.Scope;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * What one needs for which resource: a row for each, by the beginning of its path; the longest one counts.
 *
 * @param read  what GET needs; null when everybody may
 * @param write what the other methods need
 */
record Access(String path, Scope read, Scope write) {

    private static final List<Access> ROWS = List.of(
            new Access("", null, Scope.ADMIN),
            new Access("health", null, Scope.ADMIN),
            new Access("sse/health", null, Scope.ADMIN),
            new Access("engine", Scope.CONFIG_READ, Scope.ADMIN),
            new Access("projections", Scope.CONFIG_READ, Scope.ADMIN),
            new Access("settings", Scope.CONFIG_READ, Scope.ADMIN),
            new Access("schemas", Scope.CONFIG_READ, Scope.ADMIN),
            new Access("doctor", Scope.ADMIN, Scope.ADMIN),
            new Access("tokens", Scope.ADMIN, Scope.ADMIN),
            new Access("fleet", Scope.CONFIG_READ, Scope.ADMIN),
            new Access("namespaces", Scope.CONFIG_READ, Scope.CONFIG_WRITE),
            new Access("config", Scope.CONFIG_READ, Scope.CONFIG_WRITE),
            new Access("triggers", Scope.CONFIG_READ, Scope.CONFIG_WRITE),
            new Access("triggers/{name}/test", Scope.CONFIG_READ, Scope.CONFIG_READ),
            new Access("decisions", Scope.CONFIG_READ, Scope.CONFIG_WRITE),
            new Access("decisions/{id}/preview", Scope.CONFIG_READ, Scope.CONFIG_READ),
            new Access("body-kinds", Scope.CONFIG_READ, Scope.CONFIG_WRITE),
            new Access("expressions", Scope.CONFIG_READ, Scope.CONFIG_READ),
            new Access("records", Scope.RECORDS_READ, Scope.RECORDS_WRITE),
            new Access("records/query", Scope.RECORDS_READ, Scope.RECORDS_READ),
            new Access("records/route", Scope.RECORDS_READ, Scope.RECORDS_READ),
            new Access("dispatches", Scope.RECORDS_READ, Scope.RECORDS_WRITE),
            new Access("unrouted", Scope.RECORDS_READ, Scope.RECORDS_WRITE),
            new Access("threads", Scope.RECORDS_READ, Scope.RECORDS_WRITE),
            // Past namespaces and the actors a caller owns: the records of others, as they are.
            new Access("threads/{ids}/snapshot", Scope.ADMIN, Scope.ADMIN),
            new Access("threads/restore", Scope.ADMIN, Scope.ADMIN),
            new Access("audit", Scope.RECORDS_READ, Scope.ADMIN),
            new Access("audit/proof", Scope.ADMIN, Scope.ADMIN),
            new Access("audit/rehash", Scope.ADMIN, Scope.ADMIN),
            new Access("backup", Scope.ADMIN, Scope.ADMIN),
            new Access("sse/records", Scope.RECORDS_READ, Scope.RECORDS_WRITE),
            new Access("sse/executions", Scope.EXECUTIONS_READ, Scope.EXECUTIONS_WRITE),
            new Access("sse/activity", Scope.EXECUTIONS_READ, Scope.EXECUTIONS_WRITE),
            new Access("executions", Scope.EXECUTIONS_READ, Scope.EXECUTIONS_WRITE),
            new Access("workflows", Scope.EXECUTIONS_READ, Scope.EXECUTIONS_WRITE),
            new Access("workflows/validate", Scope.EXECUTIONS_READ, Scope.EXECUTIONS_READ),
            new Access("packages", Scope.EXECUTIONS_READ, Scope.EXECUTIONS_WRITE),
            new Access("registries", Scope.CONFIG_READ, Scope.CONFIG_WRITE),
            new Access("sessions", Scope.EXECUTIONS_READ, Scope.EXECUTIONS_WRITE),
            new Access("conversations", Scope.EXECUTIONS_READ, Scope.EXECUTIONS_WRITE),
            new Access("artifacts", Scope.EXECUTIONS_READ, Scope.EXECUTIONS_WRITE),
            new Access("observability", Scope.EXECUTIONS_READ, Scope.EXECUTIONS_WRITE),
            new Access("events", Scope.EXECUTIONS_READ, Scope.EXECUTIONS_WRITE),
            new Access("costs", Scope.EXECUTIONS_READ, Scope.EXECUTIONS_WRITE),
            new Access("insights", Scope.EXECUTIONS_READ, Scope.EXECUTIONS_WRITE),
            new Access("metrics", Scope.EXECUTIONS_READ, Scope.EXECUTIONS_WRITE));

    /** Only the root's own row is empty: it stands for no other path. */
    private boolean covers(String other) {
        return path.equals(other) || !path.isEmpty() && other.startsWith(path + "/");
    }

    /** The row of a resource's method; empty when it has none, and then nobody but an administrator may. */
    static Optional<Access> of(Class<?> resource, Method method) {
        String path = template(resource, method);
        return ROWS.stream().filter(row -> row.covers(path)).max(Comparator.comparingInt(row -> row.path()
                .length()));
    }

    /** The path as it is declared, without slashes at its ends. */
    static String template(Class<?> resource, Method method) {
        Path own = method.getAnnotation(Path.class);
        String path = resource.getAnnotation(Path.class).value() + "/" + (own == null ? "" : own.value());
        return path.replaceAll("/+", "/").replaceAll("^/|/$", "");
    }

    static boolean isRead(Method method) {
        return Arrays.stream(method.getAnnotations())
                .map(annotation -> annotation.annotationType().getAnnotation(HttpMethod.class))
                .anyMatch(http -> http != null && http.value().equals("GET"));
    }

    /** Null when everybody may. */
    static Scope needed(Class<?> resource, Method method) {
        return of(resource, method)
                .map(row -> isRead(method) ? Optional.ofNullable(row.read()) : Optional.of(row.write()))
                .orElse(Optional.of(Scope.ADMIN))
                .orElse(null);
    }

    /** Executions and all around them are in the default namespace; the server itself is in all of them. */
    static Optional<Refusal> refusal(Scope needed, Rights rights) {
        Optional<Refusal> place =
                switch (needed) {
                    case RECORDS_READ, RECORDS_WRITE, CONFIG_READ, CONFIG_WRITE -> Optional.empty();
                    case EXECUTIONS_READ, EXECUTIONS_WRITE, ADMIN -> rights.refusal(Entry.DEFAULT_NAMESPACE);
                };
        return rights.refusal(needed).or(() -> place);
    }
}
