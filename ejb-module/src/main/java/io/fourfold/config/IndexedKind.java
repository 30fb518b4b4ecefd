package io.fourfold.config;

import io.fourfold.query.BodyKind;
import io.fourfold.query.InvalidQuery;

/** Reads {@link BodyKind}, whose paths have an index while it is in force. */
final class IndexedKind {

    private IndexedKind() {}

    static BodyKind read(Fields fields) {
        String kind = fields.text("kind");
        if (!fields.value("paths").isArray()) {
            throw fields.wrong("paths", "an array of text");
        }
        try {
            return BodyKind.of(kind, fields.texts("paths"));
        } catch (InvalidQuery wrong) {
            throw new ConfigFault(wrong.field(), wrong.getMessage());
        }
    }
}
