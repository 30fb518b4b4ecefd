package io.fourfold.cli.work;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.cli.ApiClient;
import io.fourfold.cli.Client;
import io.fourfold.cli.Exit;
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

    private static final String THREAD = "For example th_execution.exec-0123456789ab.";
    private static final String AS_OF = "As it was at a time (2026-11-20T05:57:18Z) or position.";

    @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists threads, the lately used first.")
    int list(
            @Mixin Client client,
            @Option(names = "--status", paramLabel = "STATUS", description = "open, closed, cancelled or none.")
                    String status,
            @Option(names = "--namespace", paramLabel = "NS", description = "Only in this namespace.") String namespace,
            @Option(names = "--opener", paramLabel = "DID", description = "Only those this actor opened.")
                    String opener,
            @Option(names = "--as-of", paramLabel = "MOMENT", description = AS_OF) String asOf,
            @Option(names = "--cursor", paramLabel = "NEXT", description = "Where an earlier list ended.")
                    String cursor,
            @Option(names = "--page", defaultValue = "1", description = "Which page, from 1.") int page,
            @Option(names = "--page-size", defaultValue = "50", description = "1 to 500.") int pageSize) {
        TreeMap<String, Object> parameters = new TreeMap<>();
        parameters.put("status", status);
        parameters.put("namespace", namespace);
        parameters.put("opener", opener);
        parameters.put("as_of", asOf);
        parameters.put("cursor", cursor);
        parameters.put("page", page);
        parameters.put("page_size", pageSize);
        return Lists.show(
                client,
                Lists.path("/threads", parameters),
                "threads",
                List.of("THREAD", "STATUS", ">RECORDS", "NAMESPACE", "OPENED BY", "LAST (UTC)"),
                item -> List.of(
                        Shown.text(item, "thread"),
                        Shown.text(item, "status"),
                        Shown.text(item, "records"),
                        Shown.text(item, "namespace"),
                        Shown.text(item, "opener"),
                        Shown.time(item, "last_at")));
    }

    @Command(name = "show", mixinStandardHelpOptions = true, description = "Shows how a thread stands.")
    int show(
            @Mixin Client client,
            @Parameters(paramLabel = "THREAD", description = THREAD) String id,
            @Option(names = "--as-of", paramLabel = "MOMENT", description = AS_OF) String asOf) {
        TreeMap<String, Object> parameters = new TreeMap<>();
        parameters.put("as_of", asOf);
        JsonNode thread = client.api().get(Lists.path("/threads/" + ApiClient.escaped(id) + "/state", parameters));
        if (client.json()) {
            client.output().json(thread);
        } else {
            client.output()
                    .line(Shown.text(thread, "thread") + "  " + Shown.text(thread, "status") + "  "
                            + Shown.text(thread, "records") + " records in " + Shown.text(thread, "namespace")
                            + ", opened by " + Shown.text(thread, "opener") + ", last "
                            + Shown.time(thread, "last_at"));
        }
        return Exit.OK;
    }

    @Command(name = "records", mixinStandardHelpOptions = true, description = "Lists a thread's records in order.")
    int records(
            @Mixin Client client,
            @Parameters(paramLabel = "THREAD", description = THREAD) String id,
            @Option(names = "--as-of", paramLabel = "MOMENT", description = AS_OF) String asOf,
            @Option(names = "--limit", description = "At most so many.") Integer limit) {
        TreeMap<String, Object> parameters = new TreeMap<>();
        parameters.put("as_of", asOf);
        parameters.put("limit", limit);
        return Lists.show(
                client,
                Lists.path("/threads/" + ApiClient.escaped(id) + "/records", parameters),
                "records",
                RecordTable.IN_A_THREAD,
                RecordTable::inAThread);
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
                "Puts the records of a snapshot back.",
                "All are checked first: a bad line is named, and nothing is stored.",
                "What is there already is left alone."
            })
    int restore(
            @Mixin Client client,
            @Parameters(paramLabel = "FILE", description = "A snapshot.") Path file,
            @Option(names = "--dry-run", description = "Only say what would happen.") boolean dryRun) {
        return Snapshots.restore(client, file, dryRun);
    }
}
