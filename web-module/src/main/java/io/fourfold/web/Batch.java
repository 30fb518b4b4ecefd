package io.fourfold.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import io.fourfold.log.Refusal;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Cuts a JSON array into its items without reading them: each item is then read as strictly as a single record. */
final class Batch {

    private static final JsonFactory FACTORY = new JsonFactory();

    private Batch() {}

    static List<byte[]> items(byte[] body) {
        List<byte[]> items = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(body)) {
            if (parser.nextToken() != JsonToken.START_ARRAY) {
                throw new Refused(Refusal.Code.INVALID_INPUT, "body: expected an array of records");
            }
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                int from = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                items.add(Arrays.copyOfRange(
                        body, from, (int) parser.currentLocation().getByteOffset()));
            }
            if (parser.nextToken() != null) {
                throw new Refused(
                        Refusal.Code.INVALID_INPUT, "body: expected one array of records, but more follows it");
            }
            return items;
        } catch (IOException broken) {
            throw new Refused(Refusal.Code.INVALID_INPUT, "body: expected JSON, but " + broken.getMessage());
        }
    }
}
