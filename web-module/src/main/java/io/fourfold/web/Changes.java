package io.fourfold.web;

import io.fourfold.engine.Admission;
import io.fourfold.log.Refusal;
import io.fourfold.token.Scope;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.core.MultivaluedMap;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether a request may change something: what permission rules and an emergency say of it. Asked are all that need
 * more than a scope to read, except for what is asked about one by one.
 */
@ApplicationScoped
public class Changes {

    private static final Set<Scope> READING = EnumSet.of(Scope.RECORDS_READ, Scope.CONFIG_READ, Scope.EXECUTIONS_READ);

    /** What these change is asked about one by one: records as they come in, executions as they are found. */
    private static final Set<String> ONE_BY_ONE =
            Set.of("records", "records/batch", "records/stream", "executions/bulk");

    /** What makes less happen, not more: an emergency does not keep anybody from it. */
    private static final Pattern HALTING = Pattern.compile("executions/\\{id}/(cancel|pause|interrupt)");

    private static final Pattern PARAMETER = Pattern.compile("\\{\\s*(\\w+)[^}]*}");

    @Inject
    Admission admission;

    @Inject
    Visit visit;

    /** @param template the path as it is declared */
    Optional<Refusal> refusal(
            String template, Scope needed, boolean read, MultivaluedMap<String, String> parameters, String actor) {
        if (read || needed == null || READING.contains(needed) || ONE_BY_ONE.contains(template)) {
            return Optional.empty();
        }
        boolean begins =
                needed == Scope.EXECUTIONS_WRITE && !HALTING.matcher(template).matches();
        return refusal(begins, kind(template), id(template, parameters), actor);
    }

    /** @param begins whether more happens after it, not less */
    Optional<Refusal> refusal(boolean begins, String kind, String id, String actor) {
        Optional<Refusal> frozen = begins ? admission.frozen(visit.rights()) : Optional.empty();
        return frozen.or(() -> admission.refusal(Caller.of(actor), kind, id));
    }

    /** The first part of the path in the singular: {@code execution, workflow, config, token, namespace, thread…}. */
    static String kind(String template) {
        String first = template.split("/", 2)[0];
        return first.replaceAll("(?<=ch)es$|(?<!s)s$", "");
    }

    /** The values in the path, joined by a slash. */
    static String id(String template, MultivaluedMap<String, String> parameters) {
        StringJoiner id = new StringJoiner("/");
        for (Matcher name = PARAMETER.matcher(template); name.find(); ) {
            Optional.ofNullable(parameters.getFirst(name.group(1))).ifPresent(id::add);
        }
        return id.toString();
    }
}
