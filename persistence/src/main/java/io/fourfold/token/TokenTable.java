package io.fourfold.token;

import io.fourfold.log.jpa.Outage;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.sql.DataSource;

/** The tokens in PostgreSQL: asked anew for every request, so that a revoked one opens nothing from then on. */
final class TokenTable {

    /** Tokens in one list. */
    static final int LIST_MAX = 1_000;

    private static final String LIST = "select * from token order by created_at desc, id limit " + LIST_MAX;
    private static final String FIND = "select * from token where id = ?";
    private static final String INSERT = "insert into token (id, name, sha256, actors, scopes, namespaces, created_at,"
            + " expires_at) values (?, ?, ?, ?, ?, ?, ?, ?)";
    private static final String REVOKE = "update token set revoked_at = ? where id = ? and revoked_at is null";
    private static final String USED = "update token set last_used_at = ?::timestamptz where id = ?"
            + " and (last_used_at is null or last_used_at < ?::timestamptz - interval '1 minute')";

    private final DataSource source;

    TokenTable(DataSource source) {
        this.source = source;
    }

    record Stored(Token token, byte[] sha256) {}

    void insert(Token token, byte[] sha256) {
        with(INSERT, statement -> {
            Connection connection = statement.getConnection();
            Rights rights = token.rights();
            statement.setString(1, token.id());
            statement.setString(2, token.name());
            statement.setBytes(3, sha256);
            statement.setArray(
                    4,
                    texts(
                            connection,
                            rights.actors().stream().map(ActorPattern::value).toList()));
            statement.setArray(
                    5,
                    texts(
                            connection,
                            rights.scopes().stream()
                                    .map(Scope::wireName)
                                    .sorted()
                                    .toList()));
            statement.setArray(6, texts(connection, rights.namespaces()));
            statement.setObject(7, utc(token.createdAt()));
            statement.setObject(8, utc(token.expiresAt()));
            return statement.executeUpdate();
        });
    }

    Optional<Stored> find(String id) {
        return with(FIND, statement -> {
            statement.setString(1, id);
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? Optional.of(new Stored(token(row), row.getBytes("sha256"))) : Optional.empty();
            }
        });
    }

    List<Token> list() {
        return with(LIST, statement -> {
            List<Token> tokens = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    tokens.add(token(rows));
                }
            }
            return tokens;
        });
    }

    /** False when it was revoked before, or never was. */
    boolean revoke(String id, Instant now) {
        return with(REVOKE, statement -> {
            statement.setObject(1, utc(now));
            statement.setString(2, id);
            return statement.executeUpdate() == 1;
        });
    }

    void used(String id, Instant now) {
        with(USED, statement -> {
            statement.setObject(1, utc(now));
            statement.setString(2, id);
            statement.setObject(3, utc(now));
            return statement.executeUpdate();
        });
    }

    private static Token token(ResultSet row) throws SQLException {
        Set<Scope> scopes =
                texts(row, "scopes").stream().flatMap(s -> Scope.of(s).stream()).collect(Collectors.toSet());
        List<ActorPattern> actors =
                texts(row, "actors").stream().map(ActorPattern::new).toList();
        return new Token(
                row.getString("id"),
                row.getString("name"),
                new Rights(scopes, actors, texts(row, "namespaces")),
                instant(row, "created_at"),
                instant(row, "expires_at"),
                instant(row, "revoked_at"),
                instant(row, "last_used_at"));
    }

    private static Array texts(Connection connection, List<String> values) throws SQLException {
        return connection.createArrayOf("text", values.toArray());
    }

    private static List<String> texts(ResultSet row, String column) throws SQLException {
        return Arrays.asList((String[]) row.getArray(column).getArray());
    }

    private static OffsetDateTime utc(Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        OffsetDateTime at = row.getObject(column, OffsetDateTime.class);
        return at == null ? null : at.toInstant();
    }

    private interface Work<T> {
        T with(PreparedStatement statement) throws SQLException;
    }

    private <T> T with(String sql, Work<T> work) {
        try (Connection connection = source.getConnection();
                PreparedStatement statement = connection.prepareStatement(sql)) {
            return work.with(statement);
        } catch (SQLException failure) {
            throw Outage.of(failure);
        }
    }
}
