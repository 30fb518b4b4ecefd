package io.fourfold.web;

import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** Answers of one JSON document a line, written while they are made, whatever their length. */
final class NdJson {

    static final MediaType TYPE = new MediaType("application", "x-ndjson");

    private NdJson() {}

    /** Writes lines; a caller that has gone ends the work with an {@link UncheckedIOException}. */
    static final class Lines {

        private final Writer out;

        private Lines(Writer out) {
            this.out = out;
        }

        void line(String json) {
            try {
                out.write(json);
                out.write('\n');
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }

        /** Sends on what was written so far. */
        void flush() {
            try {
                out.flush();
            } catch (IOException gone) {
                throw new UncheckedIOException(gone);
            }
        }
    }

    static Response of(Consumer<Lines> work) {
        StreamingOutput stream = out -> {
            Writer writer = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8));
            work.accept(new Lines(writer));
            writer.flush();
        };
        return Response.ok(stream, TYPE).build();
    }
}
