package io.fourfold.trust;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.Entries;
import io.fourfold.kit.EntriesLog;
import io.fourfold.kit.Folded;
import io.fourfold.log.Act;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import io.fourfold.view.TrustRow;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TrustEvidenceTest {

    private final Entries entries = new Entries();

    private Entry say(String actor, Act act, String body) {
        return entries.add(
                new ThreadId("th_work"), new Did("did:x:" + actor), act, Json.parse(body.replace('\'', '"')));
    }

    private Map<String, TrustRow> evidence() {
        return Folded.of(new TrustEvidence(new EntriesLog(entries)), entries.all());
    }

    @Test
    void aVerdictIsEvidenceOnWhoMadeTheClaim() {
        Entry intent = say("alice", Act.INTEND, "{'task':true,'domain':'code'}");
        Entry claim = say("dev", Act.KNOW, "{'fulfills':'" + intent.id() + "'}");
        Entry verdict = say("bob", Act.KNOW, "{'verdict':'reject','reviews':'" + claim.id() + "'}");
        TrustRow row = evidence().get(verdict.id().hex());
        assertThat(row.actor).isEqualTo("did:x:dev");
        assertThat(row.evaluator).isEqualTo("did:x:bob");
        assertThat(row.domain).isEqualTo("code");
        assertThat(row.claim).isEqualTo(claim.id().hex());
        assertThat(row.accepted).isFalse();
        assertThat(row.ofOneself).isFalse();
    }

    @Test
    void aVerdictOnOneselfIsKeptAsSuchAndOneOnNothingIsNot() {
        Entry intent = say("alice", Act.INTEND, "{'task':true}");
        Entry claim = say("dev", Act.KNOW, "{'fulfills':'" + intent.id() + "'}");
        Entry own = say("dev", Act.KNOW, "{'verdict':'accept','reviews':'" + claim.id() + "'}");
        say("bob", Act.KNOW, "{'verdict':'accept'}");
        say("bob", Act.KNOW, "{'verdict':'maybe','reviews':'" + claim.id() + "'}");
        assertThat(evidence()).containsOnlyKeys(own.id().hex());
        assertThat(evidence().get(own.id().hex()).ofOneself).isTrue();
    }
}
