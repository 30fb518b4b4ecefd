package io.fourfold.web;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.ws.rs.core.MultivaluedHashMap;
import jakarta.ws.rs.core.MultivaluedMap;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangesTest {

    @ParameterizedTest
    @CsvSource({
        "executions/{id}/cancel,            execution, a",
        "workflows/{id}/execute,            workflow,  a",
        "workflows,                         workflow,  ''",
        "config/{topic}/{name},             config,    t/n",
        "config/{topic},                    config,    t",
        "dispatches/{id},                   dispatch,  a",
        "namespaces/{id: .+}/archive,       namespace, a",
        "fleet/freeze,                      fleet,     ''",
        "tokens/{id}/revoke,                token,     a",
        "threads/restore,                   thread,    ''",
        "audit/sign,                        audit,     ''"
    })
    void aRequestIsAboutTheNounOfItsPathAndTheValuesInIt(String template, String kind, String id) {
        MultivaluedMap<String, String> parameters = new MultivaluedHashMap<>();
        parameters.putSingle("id", "a");
        parameters.putSingle("topic", "t");
        parameters.putSingle("name", "n");

        assertThat(Changes.kind(template)).isEqualTo(kind);
        assertThat(Changes.id(template, parameters)).isEqualTo(id);
    }
}
