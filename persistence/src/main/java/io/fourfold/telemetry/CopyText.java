package io.fourfold.telemetry;

import java.nio.charset.StandardCharsets;
import java.util.List;

/** Observations as PostgreSQL's COPY reads them in its text format. */
final class CopyText {

    static final String STATEMENT =
            "copy telemetry (execution_id, seq, session_id, phase_id, at, type, data) from stdin";

    private static final int ROW_CHARS = 512;

    private CopyText() {}

    static byte[] of(List<Observation> rows) {
        StringBuilder out = new StringBuilder(rows.size() * ROW_CHARS);
        for (Observation row : rows) {
            text(out, row.executionId()).append('\t').append(row.seq()).append('\t');
            text(out, row.sessionId()).append('\t');
            text(out, row.phaseId()).append('\t').append(row.at()).append('\t');
            out.append(row.type().wire()).append('\t');
            text(out, row.data().canonical()).append('\n');
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    private static StringBuilder text(StringBuilder out, String value) {
        if (value == null) {
            return out.append("\\N");
        }
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> out.append("\\\\");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                case 0 -> out.append('\uFFFD');
                default -> out.append(c);
            }
        }
        return out;
    }
}
