package io.fourfold.engine;

import static io.fourfold.permission.Rules.ALICE;
import static io.fourfold.permission.Rules.BOB;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.Append;
import io.fourfold.log.Draft;
import io.fourfold.log.Refusal;
import io.fourfold.log.Refusal.Code;
import io.fourfold.token.Rights;
import java.util.List;
import org.junit.jupiter.api.Test;

class FrozenDoorTest extends AtTheDoor {

    @Test
    void anEmergencyTakesNothingThereButWhatLiftsItAndAnAdministratorsRecords() {
        Draft inside = work(ALICE, "{'namespace':'acme'}");
        stored(admit(freeze(ALICE, "emergency", ",'namespace':'acme','reason':'leak'")));

        Refusal refusal = refused(admit(inside));
        assertThat(refusal.code()).isEqualTo(Code.FROZEN);
        assertThat(refusal.message())
                .isEqualTo("Expected namespace acme to take records, but it is frozen (emergency): leak");
        assertThat(code(inlet.local().accept(request(inside)))).isEqualTo("FROZEN");
        assertThat(code(inlet.under(CONFIG).accept(request(inside)))).isEqualTo("FROZEN");
        assertThat(inlet.acceptRequests(List.of(request(inside), request(work(ALICE, "{}")))))
                .extracting(AtTheDoor::code)
                .containsExactly("FROZEN", "stored");
        stored(inlet.under(ADMIN).accept(request(inside)));
        stored(inlet.accept(Append.of(inside)));
        stored(admit(freeze(ALICE, "off", ",'namespace':'acme'")));
        stored(admit(inside));
    }

    @Test
    void softAndHardFreezesTakeRecords() {
        stored(admit(freeze(ALICE, "soft", "")));
        stored(admit(work(ALICE, "{}")));
        stored(admit(freeze(ALICE, "hard", "")));
        stored(admit(work(ALICE, "{'n':2}")));
        assertThat(inlet.admission().frozen(Rights.ALL)).isEmpty();
        stored(admit(freeze(ALICE, "emergency", "")));
        assertThat(inlet.admission().frozen(Rights.ALL)).isPresent();
        assertThat(inlet.admission().frozen(ADMIN)).isEmpty();
    }

    @Test
    void inOneCallAFreezeHoldsForTheRecordsAfterIt() {
        assertThat(inlet.acceptRequests(List.of(
                        request(work(ALICE, "{}")),
                        request(freeze(ALICE, "emergency", "")),
                        request(work(ALICE, "{'n':2}")),
                        request(freeze(ALICE, "off", "")),
                        request(work(ALICE, "{'n':3}")))))
                .extracting(AtTheDoor::code)
                .containsExactly("stored", "stored", "FROZEN", "stored", "stored");
    }

    @Test
    void rulesSeeWhatIsFrozen() {
        enable("record.actor == \"did:fourfold:user:alice\""
                + " || frozen_namespaces() == [\"acme\"] && !emergency_active()");
        assertThat(code(admit(work(BOB, "{}")))).isEqualTo("PERMISSION_DENIED");
        stored(admit(freeze(ALICE, "soft", ",'namespace':'acme'")));
        stored(admit(work(BOB, "{}")));
    }
}
