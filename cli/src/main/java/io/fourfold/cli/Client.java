package io.fourfold.cli;

import java.net.URI;
import java.nio.file.Path;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;

/** The options every command that speaks to a server has. */
public final class Client {

    private static final String URL_VARIABLE = "FOURFOLD_URL";

    public static final String TOKEN_VARIABLE = "FOURFOLD_TOKEN";

    @Spec(Target.MIXEE)
    private CommandSpec command;

    @Option(names = "--url", paramLabel = "URL", description = "The server; else FOURFOLD_URL, else the one of --data.")
    private URI url;

    @Option(names = "--data", paramLabel = "DIR", description = "A server's data folder (FOURFOLD_DATA, ~/.fourfold).")
    private Path data;

    @Option(names = "--token", paramLabel = "TOKEN", description = "Who you are; else FOURFOLD_TOKEN.")
    private String token;

    @Option(names = "--json", description = "One JSON document on standard output.")
    private boolean json;

    public boolean json() {
        return json;
    }

    public Output output() {
        boolean terminal = System.console() != null && System.getenv("NO_COLOR") == null && !json;
        return new Output(command.commandLine().getOut(), command.commandLine().getErr(), terminal);
    }

    public ApiClient api() {
        if (url != null) {
            return new ApiClient(checked(url), token());
        }
        String given = System.getenv(URL_VARIABLE);
        if (given != null && !given.isBlank() && data == null) {
            try {
                return new ApiClient(checked(URI.create(given.strip())), token());
            } catch (IllegalArgumentException broken) {
                throw new Exit(Exit.USAGE, URL_VARIABLE + ": expected a URL, but was " + given);
            }
        }
        Path folder = data == null ? ServerFile.defaultData() : data;
        URI running = ServerFile.url(folder)
                .orElseThrow(() ->
                        new Exit(Exit.UNREACHABLE, "No server runs on " + folder + ". Start one with: fourfold up"));
        return new ApiClient(running, token());
    }

    /** Null when there is none. */
    private String token() {
        String given = token == null ? System.getenv(TOKEN_VARIABLE) : token;
        if (given == null || given.isBlank()) {
            return null;
        }
        if (!given.strip().matches("[\\x21-\\x7e]+")) {
            throw new Exit(Exit.USAGE, "--token: expected a token as `fourfold token create` shows it");
        }
        return given.strip();
    }

    private static URI checked(URI server) {
        if (server.getHost() == null || !("http".equals(server.getScheme()) || "https".equals(server.getScheme()))) {
            throw new Exit(Exit.USAGE, "--url: expected http://HOST[:PORT], but was " + server);
        }
        return server;
    }
}
