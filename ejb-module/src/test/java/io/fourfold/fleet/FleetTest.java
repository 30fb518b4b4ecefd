package io.fourfold.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.Entries;
import io.fourfold.log.Act;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FleetTest {

    private final Entries entries = new Entries();
    private Fleet fleet = Fleet.CLEAR;

    private Entry say(String body) {
        Entry entry = entries.add(Fleet.THREAD, Act.LEARN, Json.parse(body.replace('\'', '"')));
        fleet = fleet.fold(entry);
        return entry;
    }

    private Entry freeze(String mode, String namespace) {
        return say("{'topic':'freeze','reason':'why','mode':'" + mode + "'"
                + (namespace == null ? "" : ",'namespace':'" + namespace + "'") + "}");
    }

    private String over(String namespace) {
        return fleet.over(namespace)
                .map(freeze -> freeze.mode().wire() + " of " + freeze.namespace())
                .orElse("free");
    }

    @ParameterizedTest
    @CsvSource({
        "acme,      acme,           soft of acme",
        "acme,      acme/shop/prod, soft of acme",
        "acme,      acmes,          free",
        "acme/shop, acme,           free",
        "default,   default,        soft of default",
        "default,   acme,           free",
        ",          acme/shop,      soft of *",
        ",          default,        soft of *"
    })
    void aFreezeCoversItsNamespaceAndAllBelowIt(String frozen, String asked, String expected) {
        freeze("soft", frozen);

        assertThat(over(asked)).isEqualTo(expected);
    }

    @Test
    void ofEachNamespaceTheLatestCountsAndOfSeveralTheStrictest() {
        freeze("soft", null);
        freeze("emergency", "acme");
        assertThat(over("acme/shop")).isEqualTo("emergency of acme");
        assertThat(fleet.refusal("acme/shop")).isPresent();
        assertThat(fleet.refusal("default")).isEmpty();
        freeze("hard", "acme");
        assertThat(over("acme")).isEqualTo("hard of acme");
        assertThat(fleet.frozen()).containsExactly("*", "acme");
        freeze("off", null);
        assertThat(over("default")).isEqualTo("free");
        assertThat(over("acme")).isEqualTo("hard of acme");
        freeze("off", "acme");
        assertThat(fleet.isClear()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'topic':'freeze'}",
                "{'topic':'freeze','mode':'SOFT'}",
                "{'topic':'freeze','mode':'colder'}",
                "{'topic':'freeze','mode':7}",
                "{'topic':'freeze','mode':'off','namespce':'acme'}",
                "{'topic':'freeze','mode':'off','namespace':'Acme'}",
                "{'topic':'freeze','mode':'off','namespace':null}",
                "{'topic':'freeze','mode':'off','reason':{}}",
                "{'topic':'hold','mode':'soft'}",
                "{'topic':'hold','mode':'on','namespace':'acme'}",
                "{'topic':'hold','mode':'on','workflow':'a','trigger':'b'}",
                "{'topic':'hold','mode':'on','workflow':' '}",
                "{'topic':'thaw','mode':'off'}",
                "{'mode':'off'}"
            })
    void whatCannotBeReadChangesNothing(String body) {
        freeze("hard", null);
        Fleet before = fleet;
        say(body);

        assertThat(fleet).isEqualTo(before);
    }

    @Test
    void theIntakeIsPausedForWhatIsNamedUntilItIsReleased() {
        Entry first = say("{'topic':'hold','mode':'on','workflow':'fix','reason':'release'}");
        say("{'topic':'hold','mode':'on','workflow':'fix','reason':'still'}");
        say("{'topic':'hold','mode':'on','repository':'Octo/Hello'}");
        freeze("soft", "acme");

        assertThat(fleet.heldTags()).containsExactly("namespace:acme", "repository:octo/hello", "workflow:fix");
        assertThat(fleet.intake()
                        .over(List.of("all", "workflow:fix"))
                        .orElseThrow()
                        .why())
                .isEqualTo("intake of workflow fix is paused by did:fourfold:user:alice since " + first.recordedAt()
                        + ": still");
        assertThat(fleet.intake().over(List.of("all", "workflow:other"))).isEmpty();
        assertThat(fleet.why(List.of("namespace:acme", "workflow:fix")))
                .hasValueSatisfying(why -> assertThat(why).startsWith("frozen (soft)"));
        say("{'topic':'hold','mode':'off','workflow':'fix'}");
        say("{'topic':'hold','mode':'on'}");
        assertThat(fleet.heldTags()).containsExactly("all", "namespace:acme", "repository:octo/hello");
        assertThat(over("acme")).isEqualTo("soft of acme");
    }

    @Test
    void onlyALearnOnItsThreadFreezes() {
        Json body = Json.parse("{\"topic\":\"freeze\",\"mode\":\"soft\"}");

        assertThat(Fleet.CLEAR.fold(entries.add(Fleet.THREAD, Act.KNOW, body)).isClear())
                .isTrue();
        assertThat(Fleet.CLEAR
                        .fold(entries.add(new ThreadId("th_x"), Act.LEARN, body))
                        .isClear())
                .isTrue();
    }

    @Test
    void theGraceRunsFromTheRecordAndSayingItAgainDoesNotProlongIt() {
        Instant since = freeze("hard", "acme").recordedAt();
        freeze("hard", "acme");
        Freeze freeze = fleet.over("acme").orElseThrow();

        assertThat(freeze.endsWorkAt()).contains(since.plus(Duration.ofSeconds(60)));
        assertThat(fleet.ending("acme/x", since.plusMillis(59_999))).isEmpty();
        assertThat(fleet.ending("acme/x", since.plusSeconds(60))).isPresent();
        assertThat(fleet.ending("other", since.plusSeconds(60))).isEmpty();
    }

    @Test
    void aSoftFreezeEndsNothingAndAnEmergencyAllAtOnce() {
        Instant soft = freeze("soft", "acme").recordedAt();
        assertThat(fleet.ending("acme", soft.plusSeconds(1_000_000))).isEmpty();
        Instant emergency = freeze("emergency", "acme").recordedAt();
        assertThat(fleet.ending("acme", emergency).map(Freeze::mode)).isEqualTo(Optional.of(Freeze.Mode.EMERGENCY));
    }

    @Test
    void anEmergencyElsewhereDoesNotStopTheEndOfAGrace() {
        Instant hard = freeze("hard", null).recordedAt();
        freeze("soft", "acme");

        assertThat(fleet.ending("acme", hard.plusSeconds(60)).map(Freeze::namespace))
                .contains("*");
    }
}
