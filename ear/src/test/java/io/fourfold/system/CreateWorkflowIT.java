package io.fourfold.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A workflow made of a request instead of a file is checked by the same rules, in the same words. */
class CreateWorkflowIT {

    private final TestServer server = TestServer.shared();

    @Test
    void aWorkflowIsMadeAndRunsAndItsIdComesFromItsName() {
        String name = "Fix the Build! " + UUID.randomUUID();
        HttpResponse<String> made = create("""
                {"name": "%s", "requires_repos": false,
                 "input_declarations": [{"name": "who", "default": "you"}],
                 "phases": [{"phase_id": "only", "agent_type": "command", "command": "echo hello"}]}""".formatted(name));
        assertThat(made.statusCode()).as(made.body()).isEqualTo(201);
        String id = TestServer.parse(made.body()).get("id").asText();
        assertThat(id).matches("fix-the-build-[0-9a-f-]+");
        JsonNode run = server.json(0, "run", id, "--json");
        assertThat(run.get("status").asText()).isEqualTo("completed");
    }

    @Test
    void anIdThatIsTakenIsRefused() {
        String id = "taken-" + UUID.randomUUID();
        String first = """
                {"id": "%s", "name": "%s", "phases": [{"phase_id": "only", "prompt_template": "Say hello"}]}""";
        assertThat(create(first.formatted(id, "One")).statusCode()).isEqualTo(201);
        HttpResponse<String> second = create(first.formatted(id, "Another"));
        assertThat(second.statusCode()).isEqualTo(409);
        assertThat(code(second)).isEqualTo("ALREADY_EXISTS");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"phases": []}                                                      | INVALID_INPUT    | name
            {"name": "!!!", "phases": []}                                       | INVALID_INPUT    | id: expected
            {"name": "x", "colour": "red"}                                      | INVALID_INPUT    | colour
            {"name": "x"}                                                       | INVALID_WORKFLOW | phases
            {"name": "x", "workflow_type": "y", "phases": []}                   | INVALID_WORKFLOW | type
            {"name": "x", "phases": [{"phase_id": "a", "promt": "p"}]}          | INVALID_WORKFLOW | promt
            {"name": "x", "phases": [{"phase_id": "a", "id": "b", "run": "p"}]} | INVALID_INPUT    | phases[0].id
            """)
    void whatIsWrongIsNamed(String body, String code, String named) {
        HttpResponse<String> answer = create(body);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(422);
        assertThat(code(answer)).isEqualTo(code);
        assertThat(answer.body()).contains(named);
    }

    private HttpResponse<String> create(String body) {
        return server.post("/api/v1/workflows", "application/json", body);
    }

    private static String code(HttpResponse<String> answer) {
        return TestServer.parse(answer.body()).get("code").asText();
    }
}
