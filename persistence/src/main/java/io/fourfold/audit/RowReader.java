package io.fourfold.audit;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.fourfold.log.CanonicalJson;
import io.fourfold.log.InvalidRecord;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Takes a line apart without touching the text of the body. */
final class RowReader {

    private static final Set<String> NUMBERS = Set.of("position", "version", "clock");
    private static final Set<String> TEXTS =
            Set.of("id", "thread", "actor", "act", "data_type", "judged_by", "namespace", "recorded_at");

    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(com.fasterxml.jackson.core.StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNameLength(CanonicalJson.TEXT_BYTES_MAX)
                    .build())
            .build();

    private final String line;
    private final Map<String, String> texts = new HashMap<>();
    private final Map<String, Long> numbers = new HashMap<>();
    private List<String> parents;
    private String body;

    private RowReader(String line) {
        this.line = line;
    }

    static StoredRow read(String line) throws JsonProcessingException {
        RowReader reader = new RowReader(line);
        try (JsonParser parser = FACTORY.createParser(line)) {
            reader.fields(parser);
        } catch (JsonProcessingException broken) {
            throw broken;
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return reader.row();
    }

    private void fields(JsonParser parser) throws IOException {
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            throw new InvalidRecord("", "expected a JSON object, but it begins with " + parser.currentToken());
        }
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken token = parser.nextToken();
            if (NUMBERS.contains(name)) {
                expect(name, token, JsonToken.VALUE_NUMBER_INT);
                numbers.put(name, parser.getLongValue());
            } else if (TEXTS.contains(name)) {
                if (token != JsonToken.VALUE_NULL) {
                    expect(name, token, JsonToken.VALUE_STRING);
                    texts.put(name, parser.getText());
                }
            } else if (name.equals("parents")) {
                parents = parents(parser, token);
            } else if (name.equals("body")) {
                expect(name, token, JsonToken.START_OBJECT);
                int from = (int) parser.currentTokenLocation().getCharOffset();
                parser.skipChildren();
                body = line.substring(from, (int) parser.currentLocation().getCharOffset());
            } else {
                throw new InvalidRecord(name, "expected only the fields of a stored record, but this is another");
            }
        }
        if (parser.nextToken() != null) {
            throw new InvalidRecord("", "expected one JSON object, but more follows");
        }
    }

    private static List<String> parents(JsonParser parser, JsonToken token) throws IOException {
        expect("parents", token, JsonToken.START_ARRAY);
        List<String> ids = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            expect("parents[" + ids.size() + "]", parser.currentToken(), JsonToken.VALUE_STRING);
            ids.add(parser.getText());
        }
        return ids;
    }

    private static void expect(String field, JsonToken was, JsonToken expected) {
        if (was != expected) {
            throw new InvalidRecord(field, "expected " + expected + ", but was " + was);
        }
    }

    private StoredRow row() {
        return new StoredRow(
                number("position"),
                number("version"),
                text("id"),
                text("thread"),
                text("actor"),
                number("clock"),
                text("act"),
                text("data_type"),
                present("parents", parents),
                texts.get("judged_by"),
                text("namespace"),
                null,
                present("body", body),
                Instant.parse(text("recorded_at")));
    }

    private String text(String field) {
        return present(field, texts.get(field));
    }

    private long number(String field) {
        return present(field, numbers.get(field));
    }

    private static <T> T present(String field, T value) {
        if (value == null) {
            throw new InvalidRecord(field, "expected a value, but the field is missing");
        }
        return value;
    }
}
