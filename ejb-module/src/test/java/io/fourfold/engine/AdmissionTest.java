package io.fourfold.engine;

import static io.fourfold.permission.Rules.ALICE;
import static io.fourfold.permission.Rules.BOB;
import static io.fourfold.permission.Rules.enabled;
import static io.fourfold.permission.Rules.learn;
import static io.fourfold.permission.Rules.rule;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.config.ConfigDesk;
import io.fourfold.config.Identity;
import io.fourfold.config.Topic;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.EntryId;
import io.fourfold.log.Json;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal.Code;
import io.fourfold.token.ActorPattern;
import io.fourfold.token.Rights;
import io.fourfold.token.Scope;
import io.fourfold.trust.Observation;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdmissionTest extends AtTheDoor {

    @Test
    void theRulesHoldAtEveryDoor() {
        enable(ONLY_ALICE);
        Draft alice = work(ALICE, "{}");
        Draft bob = work(BOB, "{}");

        assertThat(refused(admit(bob)).code()).isEqualTo(Code.PERMISSION_DENIED);
        assertThat(refused(admit(bob)).details()).containsEntry("rule", "none").containsEntry("action", "write");
        assertThat(code(inlet.accept(request(bob)))).isEqualTo("PERMISSION_DENIED");
        assertThat(code(inlet.local().accept(request(bob)))).isEqualTo("PERMISSION_DENIED");
        assertThat(code(inlet.under(ADMIN).accept(request(bob)))).isEqualTo("PERMISSION_DENIED");
        assertThat(inlet.acceptRequests(List.of(request(bob), request(alice), request(bob))))
                .extracting(AtTheDoor::code)
                .containsExactly("PERMISSION_DENIED", "stored", "PERMISSION_DENIED");
        stored(inlet.accept(request(alice)));
    }

    @Test
    void whatTheEngineWritesIsNotAskedAbout() {
        enable(ONLY_ALICE);

        stored(inlet.accept(Append.of(work(BOB, "{}"))));
        assertThat(inlet.acceptAll(List.of(Append.of(work(BOB, "{'n':1}")))))
                .allMatch(Receipt.Stored.class::isInstance);
    }

    @Test
    void aDoorForSomebodyFromOutsideHasNoOtherWayIn() {
        enable(ONLY_ALICE);
        Append bob = Append.of(work(BOB, "{}"));

        for (Inlet door : List.of(inlet.under(Rights.ALL), inlet.under(ADMIN), inlet.local())) {
            assertThat(code(door.accept(bob))).isEqualTo("PERMISSION_DENIED");
            assertThat(code(door.acceptAll(List.of(bob)).getFirst())).isEqualTo("PERMISSION_DENIED");
        }
    }

    @Test
    void theEngineDoesNotLearnWhoMayDoWhat() {
        Did engine = new Did("did:fourfold:system:decisions:1");

        assertThat(code(inlet.accept(Append.of(enabled(engine, true))))).isEqualTo("LOCKED_OUT");
        assertThat(code(inlet.accept(Append.of(rule(engine, "a", "allow", 0, "true")))))
                .isEqualTo("LOCKED_OUT");
        stored(inlet.accept(Append.of(learn(engine, "{'topic':'stall_window','hours':1}"))));
    }

    @Test
    void aTokenIsHeldToItsScopesFirst() {
        enable("true");
        Rights reader = new Rights(Set.of(Scope.RECORDS_WRITE), List.of(new ActorPattern(BOB.value())), List.of());

        assertThat(code(inlet.under(reader).admit(Append.of(work(ALICE, "{}")))))
                .isEqualTo("ACTOR_DENIED");
    }

    @Test
    void trustAndNamespaceDecide() {
        enable("record.actor == \"did:fourfold:user:alice\" || record.namespace == \"acme\""
                + " && trust(record.actor, \"code\") > 0.2");
        Draft bob = work(BOB, "{'namespace':'acme'}");
        assertThat(code(admit(bob))).isEqualTo("PERMISSION_DENIED");

        EntryId id = new EntryId("ab".repeat(32));
        trust.fold(new Observation(id, id, BOB, "code", ALICE, true, 1, clock.instant()));

        stored(admit(bob));
        assertThat(code(admit(work(BOB, "{}")))).isEqualTo("PERMISSION_DENIED");
    }

    @Test
    void aRequestForSomethingElseIsAskedAboutAsAResource() {
        Admission admission = inlet.admission();
        assertThat(admission.refusal(BOB, "execution", "exec-1")).isEmpty();
        enable(ONLY_ALICE + " || resource.kind == \"execution\"");

        assertThat(admission.refusal(BOB, "execution", "exec-1")).isEmpty();
        assertThat(admission.refusal(BOB, "token", "").orElseThrow().code()).isEqualTo(Code.PERMISSION_DENIED);
    }

    @Test
    void aDenialIsOnRecordOnceAMinuteWithACount() {
        enable(ONLY_ALICE);
        for (int i = 0; i < 5; i++) {
            admit(work(BOB, "{}"));
        }
        inlet.admission().report(clock.instant());
        assertThat(audit()).singleElement().satisfies(denial -> {
            assertThat(denial.text("kind")).contains("permission.denied.v1");
            assertThat(denial.text("actor")).contains(BOB.value());
            assertThat(denial.text("rule")).contains("none");
            assertThat(denial.tree().at("/resource/thread").asText()).isEqualTo("th_work");
        });
        clock.pass(Duration.ofMinutes(1));
        inlet.admission().report(clock.instant());
        assertThat(audit()).hasSize(2);
        assertThat(audit().getLast().tree().get("count").asInt()).isEqualTo(4);
    }

    @Test
    void enablingWithoutAWayBackIsRefused() {
        assertThat(refused(admit(enabled(ALICE, true))).details()).containsEntry("rule", "none");
        stored(admit(rule(ALICE, "a", "allow", 0, ONLY_ALICE)));
        assertThat(refused(admit(enabled(BOB, true))).code()).isEqualTo(Code.LOCKED_OUT);
        stored(admit(enabled(ALICE, true)));
        assertThat(steering.configs().current().permissionsEnabled()).isTrue();
    }

    @Test
    void aRuleThatWouldLockOutAndTheEndOfTheLastOneThatDoesNotAreRefused() {
        enable(ONLY_ALICE);
        Draft end = learn(ALICE, "{'topic':'permission_rule','name':'a','removed':true}");

        assertThat(refused(admit(rule(ALICE, "b", "deny", 1, "true"))).details())
                .containsEntry("rule", "default/b");
        assertThat(refused(admit(end)).details()).containsEntry("rule", "none");
        assertThat(inlet.acceptRequests(List.of(request(end))).getFirst())
                .satisfies(receipt -> assertThat(code(receipt)).isEqualTo("LOCKED_OUT"));
        assertThat(code(inlet.local().admit(Append.of(end)))).isEqualTo("LOCKED_OUT");
        stored(admit(rule(ALICE, "b", "allow", 1, "true")));
        stored(admit(end));
        stored(admit(enabled(ALICE, false)));
        stored(admit(rule(ALICE, "c", "deny", 9, "true")));
    }

    @Test
    void theDeskGoesThroughTheSameCheck() {
        ConfigDesk desk = new ConfigDesk(steering.configs(), log);
        Json none = Json.EMPTY;
        assertThat(desk.add(Topic.PERMISSIONS_ENABLED, none.tree(), ALICE, inlet::admit))
                .isInstanceOfSatisfying(
                        ConfigDesk.Outcome.Refused.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(Code.LOCKED_OUT));
        enable(ONLY_ALICE);
        assertThat(desk.remove(new Identity("permission_rule", "default", "a"), ALICE, inlet::admit))
                .isInstanceOf(ConfigDesk.Outcome.Refused.class);
        assertThat(desk.remove(new Identity("permissions_enabled", "default", "default"), ALICE, inlet::admit))
                .isInstanceOf(ConfigDesk.Outcome.Done.class);
    }

    @Test
    void whatTheLoaderRefusesIsNoChangeAndIsTaken() {
        enable(ONLY_ALICE);

        stored(admit(learn(ALICE, "{'topic':'permission_rule','name':'b','expression':'true','action':'maybe'}")));
    }

    @Test
    void twoRulesOfOneCallAreJudgedOneAfterTheOther() {
        List<Receipt> receipts = inlet.acceptRequests(List.of(
                request(rule(ALICE, "a", "allow", 0, ONLY_ALICE)),
                request(enabled(ALICE, true)),
                request(work(BOB, "{}")),
                request(work(ALICE, "{}"))));

        assertThat(receipts)
                .extracting(AtTheDoor::code)
                .containsExactly("stored", "stored", "PERMISSION_DENIED", "stored");
    }

    @Test
    void glassIsBrokenAtTheMachineItselfAndOnRecord() {
        enable(ONLY_ALICE);
        Draft unlock =
                learn(BreakGlass.ACTOR, "{'topic':'permissions_enabled','enabled':false,'reason':'alice has left'}");
        stored(admit(freeze(ALICE, "emergency", "")));

        assertThat(code(admit(unlock))).isEqualTo("ACTOR_DENIED");
        assertThat(code(inlet.under(ADMIN).admit(Append.of(unlock)))).isEqualTo("ACTOR_DENIED");
        assertThat(steering.configs().current().permissionsEnabled()).isTrue();
        assertThat(inlet.local().acceptRequests(List.of(request(unlock)))).allMatch(Receipt.Stored.class::isInstance);
        assertThat(steering.configs().current().permissionsEnabled()).isFalse();
        assertThat(audit().getLast().toString())
                .isEqualTo("{\"actor\":\"did:fourfold:system:break-glass\",\"kind\":\"permission.unlocked.v1\","
                        + "\"reason\":\"alice has left\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{'topic':'permissions_enabled','enabled':false}",
                "{'topic':'permissions_enabled','enabled':false,'reason':' '}",
                "{'topic':'permissions_enabled','enabled':true,'reason':'x'}",
                "{'topic':'permissions_enabled','reason':'x','name':'default'}",
                "{'topic':'permission_rule','enabled':false,'reason':'x'}",
                "{'topic':'permissions_enabled','enabled':false,'reason':'x','namespace':'acme'}"
            })
    void nothingElseIsDoneInItsName(String body) {
        assertThat(code(inlet.local().admit(Append.of(learn(BreakGlass.ACTOR, body)))))
                .isEqualTo("ACTOR_DENIED");
        assertThat(code(inlet.local().admit(Append.of(work(BreakGlass.ACTOR, body)))))
                .isEqualTo("ACTOR_DENIED");
    }

    @Test
    void whoAsksForTokensHasShownOneThatOpensEverything() {
        Draft on = learn(ALICE, "{'topic':'auth_required','enabled':true}");
        Draft off = learn(ALICE, "{'topic':'auth_required','enabled':false}");

        assertThat(code(admit(on))).isEqualTo("LOCKED_OUT");
        assertThat(code(inlet.local().admit(Append.of(on)))).isEqualTo("LOCKED_OUT");
        assertThat(code(inlet.under(CONFIG).admit(Append.of(on)))).isEqualTo("LOCKED_OUT");
        stored(inlet.under(ADMIN).admit(Append.of(on)));
        assertThat(steering.configs().current().authRequired()).isTrue();
        assertThat(code(inlet.under(CONFIG).admit(Append.of(off)))).isEqualTo("LOCKED_OUT");
        stored(inlet.local().admit(Append.of(off)));
        assertThat(steering.configs().current().authRequired()).isFalse();
    }
}
