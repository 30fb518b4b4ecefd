package io.fourfold.config;

import io.fourfold.log.Did;
import java.math.BigDecimal;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.regex.Pattern;

/** How an actor is reached. The limits hold for one dispatch, {@code maxConcurrent} for all to this actor. */
public record AdapterEntry(Did did, Way way, int timeoutSeconds, BigDecimal budgetUsd, int maxConcurrent) {

    /** Its family, with what that needs. */
    public sealed interface Way {

        /** Starts an execution of a workflow. */
        record Workflow(String workflow) implements Way {}

        /** The goal as an execution of one phase. */
        record Agent(String model) implements Way {}

        /** A process that is given its brief in a file. */
        record Command(List<String> line) implements Way {
            public Command {
                line = List.copyOf(line);
            }
        }

        /** A POST; the results come back as records. */
        record Http(URI url) implements Way {}

        /** A person, who is notified. */
        record Human() implements Way {}
    }

    private enum Family {
        WORKFLOW("workflow"),
        AGENT("model"),
        COMMAND("command"),
        HTTP("url"),
        HUMAN;

        private final List<String> fields;

        Family(String... fields) {
            this.fields = List.of(fields);
        }
    }

    static final Pattern WORKFLOW_ID = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,99}");

    static AdapterEntry read(Fields fields) {
        EngineLimits limits = EngineLimits.DEFAULT;
        return new AdapterEntry(
                did(fields),
                way(fields),
                (int) fields.whole(
                        "timeout_seconds", limits.dispatchTimeoutSeconds(), 1, EngineLimits.TIMEOUT_SECONDS_MAX),
                fields.decimal("budget_usd", "1.00", "0", EngineLimits.BUDGET_USD_MAX),
                (int) fields.whole("max_concurrent", limits.maxConcurrentDispatches(), 1, EngineLimits.AT_ONCE_MAX));
    }

    /** What is sent to a part of the system is done by its own adapters only. */
    private static Did did(Fields fields) {
        Did did = fields.did("did");
        if (did.isSystem()) {
            throw fields.wrong("did", "an actor that is no part of the system");
        }
        return did;
    }

    private static Way way(Fields fields) {
        Family family = fields.oneOf("family", Family.class, null);
        for (Family other : Family.values()) {
            if (other != family) {
                other.fields.forEach(name -> fields.absent(name, "with family " + Fields.wireName(family)));
            }
        }
        return switch (family) {
            case WORKFLOW -> new Way.Workflow(fields.matching("workflow", WORKFLOW_ID, "the id of a workflow"));
            case AGENT -> new Way.Agent(fields.optionalText("model").orElse("sonnet"));
            case COMMAND -> new Way.Command(command(fields));
            case HTTP -> new Way.Http(url(fields));
            case HUMAN -> new Way.Human();
        };
    }

    private static List<String> command(Fields fields) {
        List<String> line = fields.texts("command");
        if (line.isEmpty()) {
            throw fields.wrong("command", "an array of text: the program and its arguments");
        }
        return line;
    }

    private static URI url(Fields fields) {
        try {
            URI url = new URI(fields.text("url"));
            if (url.getHost() != null && List.of("http", "https").contains(url.getScheme())) {
                return url;
            }
        } catch (URISyntaxException broken) {
            // As any other text that is no such address.
        }
        throw fields.wrong("url", "http://HOST… or https://HOST…");
    }
}
