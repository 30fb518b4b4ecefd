package io.fourfold.pattern;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.log.Act;
import io.fourfold.log.Did;
import java.util.List;

/**
 * Work that is known.
 *
 * @param id       its name in the registry
 * @param settled  crystallized: what was done is done again, without asking anyone
 * @param target   who did it
 * @param plan     what was said, with {@code {{path}}} in the place of what the record's body says there
 * @param position of the record that says so
 */
public record Pattern(String id, Shape shape, boolean settled, Did target, List<Said> plan, long position) {

    /** One record of the chain. */
    public record Said(Act act, JsonNode body) {}

    public Pattern {
        plan = List.copyOf(plan);
    }
}
