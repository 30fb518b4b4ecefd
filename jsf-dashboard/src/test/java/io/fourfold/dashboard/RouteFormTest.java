package io.fourfold.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.Draft;
import io.fourfold.routing.RoutingTrace;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouteFormTest {

    private static RoutingTrace predicted(Draft draft) {
        return new RoutingTrace(
                null, null, "explicit_target", draft.body().text("to").orElseThrow(), null, null, null, 0, List.of());
    }

    private static RouteForm asked(String act, String actor, String thread, String body) {
        return new RouteForm(act, actor, thread, body, null, null, null).answered(RouteFormTest::predicted);
    }

    @Test
    void aDraftIsAnsweredWithItsTrace() {
        RouteForm form = asked("INTEND", "did:a:b", "th_x", "{\"to\":\"did:x:y\"}");
        assertThat(form.fault()).isNull();
        assertThat(form.trace().target()).isEqualTo("did:x:y");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            WISH   | did:a:b | th_x | {}                | act       | expected one of [INTEND
            INTEND | alice   | th_x | {}                | actor     | expected did:<method>:<name>
            INTEND | did:a:b | x    | {}                | thread    | expected th_
            INTEND | did:a:b | th_x | {                 | body      | expected
            INTEND | did:a:b | th_x | [1]               | body      | expected a JSON object
            INTEND | did:a:b | th_x | {"a":{"b":1,"b":2}} | body.a.b | expected each key once
            """)
    void aFaultNamesItsField(String act, String actor, String thread, String body, String field, String fault) {
        RouteForm form = asked(act, actor, thread, body);
        assertThat(form.field()).isEqualTo(field);
        assertThat(form.fault()).startsWith(fault);
        assertThat(form.trace()).isNull();
        assertThat(form.body()).isEqualTo(body);
    }

    @Test
    void theFormBeginsWithADraftThatMayBeAsked() {
        RouteForm blank = RouteForm.blank();
        assertThat(asked(blank.act(), blank.actor(), blank.thread(), "{\"to\":\"did:x:y\"}")
                        .fault())
                .isNull();
    }
}
