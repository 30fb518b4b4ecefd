package io.fourfold.trigger;

import static io.fourfold.trigger.TriggerScene.ANY_ALERT;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HearingTest {

    private final TriggerScene scene = new TriggerScene();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # event               | repository | kind                                | of          | heard
            pull_request.opened   | acme/*     | github.pull_request.opened.v1       | acme/shop   | true
            pull_request.opened   | ACME/Sh?p  | github.pull_request.opened.v1       | acme/shop   | true
            pull_request.opened   | acme/*     | github.pull_request.opened.v1       | other/shop  | false
            pull_request.opened   | *          | github.pull_request.closed.v1       | acme/shop   | false
            pull_request          | *          | github.pull_request.closed.v1       | acme/shop   | true
            pull_request          | *          | github.pull_request_review.done.v1  | acme/shop   | false
            push                  | acme/shop  | github.push.v1                      | acme/shop   | true
            push                  | acme/shop  | github.push.v1                      | acme/shopping | false
            """)
    void aGithubEventIsARecordOfItsKindAndRepository(
            String event, String repository, String kind, String of, boolean heard) {
        scene.trigger("t", "\"source\":\"github\",\"event\":\"" + event + "\",\"repository\":\"" + repository + "\"");
        scene.say(
                "th_github.a",
                "{\"kind\":\"" + kind + "\",\"repository\":{\"full_name\":\"" + of
                        + "\"},\"pull_request\":{\"number\":7}}");
        scene.settle();
        assertThat(scene.events("t", FiringEvent.Fired.class)).hasSize(heard ? 1 : 0);
        if (heard) {
            assertThat(scene.events("t", FiringEvent.Fired.class).getFirst().subject())
                    .isEqualTo(of + "#7");
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            a.b     | eq        | "x"       | {"a":{"b":"x"}}     | true
            a.b     | eq        | "x"       | {"a":{"b":"y"}}     | false
            a.b     | eq        | 1         | {"a":{"b":1.0}}     | true
            a.b     | eq        | 1         | {"a":{"b":"1"}}     | false
            a.b     | neq       | "x"       | {"a":{}}            | true
            a.b     | neq       | "x"       | {"a":{"b":"x"}}     | false
            a[1]    | in        | [1,"z"]   | {"a":[0,"z"]}       | true
            a[2]    | in        | [1,"z"]   | {"a":[0,"z"]}       | false
            a[2]    | not_in    | [1,"z"]   | {"a":[0,"z"]}       | true
            a       | contains  | "ell"     | {"a":"hello"}       | true
            a       | contains  | "x"       | {"a":["y","x"]}     | true
            a       | contains  | "x"       | {"a":{"b":"x"}}     | false
            a       | contains  | 1         | {"a":"1"}           | false
            a       | not_empty |           | {"a":[0]}           | true
            a       | not_empty |           | {"a":[]}            | false
            a       | not_empty |           | {"a":false}         | true
            a.b     | is_empty  |           | {"a":7}             | true
            a       | is_empty  |           | {"a":null}          | true
            a       | is_empty  |           | {"a":0}             | false
            """)
    void aConditionHolds(String field, String operator, String value, String body, boolean holds) {
        String given = value == null ? "" : ",\"value\":" + value;
        scene.trigger(
                "t",
                "\"conditions\":[{\"field\":\"" + field + "\",\"operator\":\"" + operator + "\"" + given
                        + "},{\"field\":\"topic\",\"operator\":\"is_empty\"}]");
        scene.say("th_a", body);
        scene.settle();
        assertThat(scene.fired("t")).hasSize(holds ? 1 : 0);
    }

    @Test
    void aTriggerOfANamespaceHearsItAndWhatIsBelow() {
        scene.learn("{\"topic\":\"trigger\",\"namespace\":\"acme\",\"name\":\"t\",\"source\":\"record\","
                + "\"workflow\":\"fix\",\"max_concurrent\":9," + ANY_ALERT + "}");
        scene.say("th_a", "{\"topic\":\"alert\",\"namespace\":\"acme/shop\"}");
        scene.say("th_b", "{\"topic\":\"alert\",\"namespace\":\"acme\"}");
        scene.say("th_c", "{\"topic\":\"alert\",\"namespace\":\"acmes\"}");
        scene.alert("th_d");
        scene.settle();
        String id = TriggerFirings.idOf(
                scene.configs.current().triggers().getFirst().identity());
        assertThat(id).startsWith("t.");
        assertThat(scene.fired(id)).hasSize(2);
        assertThat(scene.events("t")).isEmpty();
    }
}
