package io.fourfold.dashboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;

/** JSON as people read it: a field on each line. */
final class Pretty {

    private static final ObjectWriter WRITER = new ObjectMapper()
            .writer(new DefaultPrettyPrinter()
                    .withObjectIndenter(new DefaultIndenter("  ", "\n"))
                    .withArrayIndenter(new DefaultIndenter("  ", "\n")));

    private Pretty() {}

    static String of(Object value) {
        try {
            return WRITER.writeValueAsString(value).replace("\" : ", "\": ");
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("Not to be written as JSON: " + value, impossible);
        }
    }
}
