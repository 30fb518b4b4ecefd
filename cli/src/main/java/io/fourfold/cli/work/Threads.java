package io.fourfold.cli.work;

import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Shown;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "thread", mixinStandardHelpOptions = true, description = "Threads: records that belong together.")
public final class Threads {

    private static final int ID_SHOWN_CHARS = 12;

    @Command(name = "records", mixinStandardHelpOptions = true, description = "Lists a thread's records in order.")
    int records(
            @Mixin Client client,
            @Parameters(paramLabel = "THREAD", description = "For example th_execution.exec-0123456789ab.") String id,
            @Option(names = "--limit", description = "At most so many.") Integer limit) {
        TreeMap<String, Object> parameters = new TreeMap<>();
        parameters.put("limit", limit);
        return Lists.show(
                client,
                Lists.path("/threads/" + ApiClient.escaped(id) + "/records", parameters),
                "records",
                List.of(">VERSION", "ID", "ACT", "KIND OR GOAL", "ACTOR", "RECORDED (UTC)"),
                item -> List.of(
                        Shown.text(item, "version"),
                        shortened(Shown.text(item, "id")),
                        Shown.text(item, "act"),
                        Shown.text(item.path("body"), item.path("body").has("kind") ? "kind" : "goal"),
                        Shown.text(item, "actor"),
                        Shown.time(item, "recorded_at")));
    }

    @Command(
            name = "verify",
            mixinStandardHelpOptions = true,
            description = {
                "Recomputes a thread's records on this machine: ids, versions without gaps, rising clocks, parents.",
                "With --json, one line for each record. Ends with 1 when something is wrong; dangling parents are not."
            })
    int verify(@Mixin Client client, @Parameters(paramLabel = "THREAD", description = "A thread.") String id) {
        return new ThreadVerify(client, id).run();
    }

    @Command(
            name = "snapshot",
            mixinStandardHelpOptions = true,
            description =
                    "Writes threads to a file: NDJSON, a manifest first. A larger older snapshot is not replaced.")
    int snapshot(
            @Mixin Client client,
            @Parameters(paramLabel = "THREAD", arity = "1..*", description = "Threads.") List<String> ids,
            @Option(names = "--out", required = true, paramLabel = "FILE", description = "Where to.") Path file,
            @Option(names = "--force", description = "Replace whatever is there.") boolean force) {
        return Snapshots.save(client, ids, file, force);
    }

    @Command(
            name = "restore",
            mixinStandardHelpOptions = true,
            description = {
                "Puts the records of a snapshot back. All are checked first: a bad line is named, and nothing is stored.",
                "What is there already is left alone."
            })
    int restore(
            @Mixin Client client,
            @Parameters(paramLabel = "FILE", description = "A snapshot.") Path file,
            @Option(names = "--dry-run", description = "Only say what would happen.") boolean dryRun) {
        return Snapshots.restore(client, file, dryRun);
    }

    private static String shortened(String id) {
        return id.substring(0, Math.min(id.length(), ID_SHOWN_CHARS));
    }
}
