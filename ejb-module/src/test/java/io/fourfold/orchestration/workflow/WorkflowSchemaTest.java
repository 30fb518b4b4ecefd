package io.fourfold.orchestration.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WorkflowSchemaTest {

    private static String published(String name) {
        return WorkflowSchema.published(name).orElseThrow();
    }

    private static void places(JsonNode schema, String path, List<String> without) {
        boolean place = schema.has("type") || schema.has("enum");
        if (place && schema.path("title").asText().isEmpty()) {
            without.add(path);
        }
        schema.fieldNames().forEachRemaining(name -> places(schema.get(name), path + "/" + name, without));
    }

    @Test
    void everyPlaceSaysWhatIsExpectedThere() throws Exception {
        assertThat(WorkflowSchema.names()).hasSize(5);
        for (String name : WorkflowSchema.names()) {
            List<String> without = new ArrayList<>();
            JsonNode schema = new ObjectMapper().readTree(published(name));
            places(schema, "", without);
            without.removeIf(path -> path.endsWith("/properties"));
            assertThat(without).isEmpty();
        }
    }

    @Test
    void theFrontMatterKnowsOnlyWhatAPhaseKnows() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        JsonNode phase = mapper.readTree(published("workflow.json")).at("/$defs/phase/properties");
        JsonNode front = mapper.readTree(published("prompt-file.json")).path("properties");

        front.fieldNames()
                .forEachRemaining(name ->
                        assertThat(phase.has(name.replace('-', '_'))).as(name).isTrue());
        assertThat(front.at("/timeout-seconds/maximum")).isEqualTo(phase.at("/timeout_seconds/maximum"));
        assertThat(front.at("/max-tokens/maximum")).isEqualTo(phase.at("/max_tokens/maximum"));
        assertThat(front.at("/model/pattern")).isEqualTo(phase.at("/model/pattern"));
    }
}
