package io.fourfold.server;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Brings up PostgreSQL on a complete data folder, or takes over the one that runs there. */
record PostgresStart(Path data, PostgresBinaries binaries, PostgresAccount account, Map<String, String> settings) {

    private static final int TRIES = 5;
    private static final int START_SECONDS = 60;
    private static final int POLL_MILLIS = 100;

    Postmaster run(int portOrZero) throws IOException {
        Optional<Postmaster> running = settled();
        if (running.isPresent()) {
            if (running.get().ready()
                    && (portOrZero == 0 || portOrZero == running.get().port())) {
                return running.get();
            }
            EmbeddedPostgres.stop(data, binaries, account);
        }
        account.own(data);
        Command last = new Command(1, "not started");
        for (int tries = 0; tries < TRIES; tries++) {
            // Left by a killed server; its pid may be a stranger's by now, and PostgreSQL would refuse to start.
            if (Postmaster.on(data).isEmpty()) {
                Files.deleteIfExists(Postmaster.file(data));
            }
            int port = portOrZero == 0 ? EmbeddedPostgres.freePort() : portOrZero;
            last = Command.run(command(port), START_SECONDS + 5);
            Optional<Postmaster> started = Postmaster.on(data).filter(Postmaster::ready);
            if (last.succeeded() && started.isPresent()) {
                return started.get();
            }
            // A dead server's children hold its memory for some milliseconds; a port may have been taken meanwhile.
            pause();
        }
        throw new PostgresFailure("PostgreSQL did not start on " + data + ": " + reason(last));
    }

    private List<String> command(int port) {
        String options = settings.entrySet().stream()
                .map(setting -> "-c " + setting.getKey() + "='" + setting.getValue() + "'")
                .collect(Collectors.joining(" ", "-p " + port + " ", ""));
        return account.command(
                binaries.program("pg_ctl"),
                "-D",
                data.toString(),
                "-l",
                log().toString(),
                "-w",
                "-t",
                String.valueOf(START_SECONDS),
                "-o",
                options,
                "start");
    }

    /** A server that is just starting or stopping gets its time. */
    private Optional<Postmaster> settled() {
        Optional<Postmaster> running = Postmaster.on(data);
        for (int waited = 0;
                running.isPresent() && !running.get().ready() && waited < START_SECONDS * 1000;
                waited += POLL_MILLIS) {
            pause();
            running = Postmaster.on(data);
        }
        return running;
    }

    private Path log() {
        return data.resolve("start.log");
    }

    private String reason(Command last) throws IOException {
        if (!Files.exists(log())) {
            return last.output();
        }
        return Files.readAllLines(log()).stream()
                .filter(line -> line.contains("FATAL") || line.contains("PANIC"))
                .reduce((earlier, later) -> later)
                .orElse(last.output());
    }

    private static void pause() {
        try {
            Thread.sleep(POLL_MILLIS);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
