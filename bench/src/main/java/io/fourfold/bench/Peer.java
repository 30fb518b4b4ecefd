package io.fourfold.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** message-db in the same PostgreSQL: {@code write_message} on one stream of one category, a connection per caller. */
final class Peer implements AutoCloseable {

    private static final List<String> PARTS = List.of("types", "tables", "functions", "indexes");

    private final List<Connection> connections = new ArrayList<>();
    private final List<PreparedStatement> writes = new ArrayList<>();
    private final String body;

    /** {@code database} is the folder of that name in the package {@code @eventide/message-db}. */
    Peer(String url, Path database, int callers, String body) throws SQLException, IOException {
        this.body = body;
        for (int caller = 0; caller < callers; caller++) {
            Connection connection = DriverManager.getConnection(url);
            try (Statement statement = connection.createStatement()) {
                if (caller == 0) {
                    install(statement, database);
                }
                statement.execute("set search_path to message_store, public");
            }
            connections.add(connection);
            writes.add(connection.prepareStatement("select write_message(?, 'bench', 'Measured', ?::jsonb)"));
        }
    }

    private static void install(Statement statement, Path database) throws SQLException, IOException {
        statement.execute("drop schema if exists message_store cascade");
        statement.execute("do $$ begin create role message_store; exception when duplicate_object then null; end $$");
        statement.execute(Files.readString(database.resolve("schema/message-store.sql")));
        statement.execute("set search_path to message_store, public");
        for (String part : PARTS) {
            try (Stream<Path> files = Files.list(database.resolve(part))) {
                for (Path file : files.sorted().toList()) {
                    statement.execute(Files.readString(file));
                }
            }
        }
    }

    void write(int caller) throws SQLException {
        PreparedStatement write = writes.get(caller);
        write.setString(1, UUID.randomUUID().toString());
        write.setString(2, body);
        write.execute();
    }

    @Override
    public void close() throws SQLException {
        for (Connection connection : connections) {
            connection.close();
        }
    }
}
