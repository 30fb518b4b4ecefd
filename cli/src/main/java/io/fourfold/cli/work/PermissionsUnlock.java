package io.fourfold.cli.work;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Exit;
import io.fourfold.cli.ServerFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.Channels;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Speaks to the server's own socket, which only its account can reach: being able to is the right to. */
@Command(
        name = "permissions-unlock",
        mixinStandardHelpOptions = true,
        description = {
            "Switches permission rules off for who is locked out, on the server's machine and by its account only.",
            "Needs no token and no permission; it is on record, with the reason, on th_audit."
        })
public final class PermissionsUnlock implements Callable<Integer> {

    private static final String ACTOR = "did:fourfold:system:break-glass";

    @Spec
    private CommandSpec command;

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description = "The server's data folder. Default: FOURFOLD_DATA, else ~/.fourfold.")
    private Path data;

    @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "Why; it goes on record.")
    private String reason;

    @Override
    public Integer call() {
        Path folder = (data == null ? ServerFile.defaultData() : data).toAbsolutePath();
        JsonNode answer = ask(folder.resolve("ingest").resolve("ingest.sock"), record());
        if (!answer.has("position")) {
            throw new Exit(Exit.REFUSED, "Refused: " + answer.path("detail").asText(answer.toString()));
        }
        command.commandLine()
                .getOut()
                .println("Permission rules are off by record "
                        + answer.path("id").asText());
        return Exit.OK;
    }

    private String record() {
        ObjectNode record = ApiClient.JSON.createObjectNode();
        record.put("act", "LEARN").put("actor", ACTOR).put("thread", "th_engine_config");
        record.putObject("body")
                .put("topic", "permissions_enabled")
                .put("enabled", false)
                .put("reason", reason);
        return record.toString();
    }

    private static JsonNode ask(Path socket, String line) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket));
                PrintWriter out = new PrintWriter(Channels.newWriter(channel, StandardCharsets.UTF_8), false);
                BufferedReader in = new BufferedReader(Channels.newReader(channel, StandardCharsets.UTF_8))) {
            out.print(line + "\n");
            out.flush();
            String answer = in.readLine();
            if (answer == null) {
                throw new Exit(Exit.UNREACHABLE, "The server closed " + socket + " without an answer");
            }
            return ApiClient.JSON.readTree(answer);
        } catch (JsonProcessingException broken) {
            throw new Exit(Exit.FAILED, "The server's answer is no JSON: " + broken.getOriginalMessage());
        } catch (IOException | IllegalArgumentException absent) {
            throw new Exit(
                    Exit.UNREACHABLE,
                    "Nobody can be reached at " + socket + ": it takes a running server on this machine, its account,"
                            + " and a path of at most about 100 characters (" + absent.getMessage() + ")");
        }
    }
}
