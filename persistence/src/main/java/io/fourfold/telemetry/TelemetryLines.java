package io.fourfold.telemetry;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.fourfold.log.Json;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.function.Consumer;
import javax.sql.DataSource;

/** Observations as lines of JSON, for backups: all there are, by execution and seq. */
public final class TelemetryLines {

    private static final ObjectMapper JSON =
            new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
    private static final int FETCH_ROWS = 500;
    private static final String ALL = """
            select json_build_object('execution_id', execution_id, 'seq', seq, 'session_id', session_id, 'phase_id',
                phase_id, 'at', to_char(at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), 'type', type,
                'data', data)::text
            from telemetry order by execution_id, seq""";

    private TelemetryLines() {}

    /** Shows one line for each observation; as many in memory as are fetched at once. */
    public static void each(DataSource source, Consumer<String> lines) {
        try (Connection connection = source.getConnection()) {
            connection.setAutoCommit(false);
            try (PreparedStatement statement = connection.prepareStatement(ALL)) {
                statement.setFetchSize(FETCH_ROWS);
                try (ResultSet row = statement.executeQuery()) {
                    while (row.next()) {
                        lines.accept(row.getString(1));
                    }
                }
            } finally {
                connection.rollback();
                connection.setAutoCommit(true);
            }
        } catch (SQLException broken) {
            throw new TelemetryUnavailable("Telemetry cannot be read", broken);
        }
    }

    /** @throws IllegalArgumentException when the line is no observation */
    public static Observation parse(String line) {
        try {
            JsonNode row = JSON.readTree(line);
            return new Observation(
                    row.path("execution_id").asText(),
                    row.path("seq").asLong(),
                    row.path("session_id").textValue(),
                    row.path("phase_id").textValue(),
                    Instant.parse(row.path("at").asText()),
                    ObservationType.ofWire(row.path("type").asText()),
                    Json.canonical(row.path("data").toString()));
        } catch (JsonProcessingException | RuntimeException wrong) {
            throw new IllegalArgumentException("Expected an observation, but " + wrong.getMessage(), wrong);
        }
    }
}
