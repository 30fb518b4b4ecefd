package io.fourfold.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Entry;
import io.fourfold.log.jpa.TestJpa;
import io.fourfold.log.memory.MemoryLog;
import io.fourfold.token.TokenDesk.Issued;
import io.fourfold.token.TokenDesk.Known;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("machine")
class TokenDeskTest {

    private static final Did ALICE = new Did("did:fourfold:user:alice");
    private static final Rights RIGHTS =
            new Rights(Set.of(Scope.RECORDS_READ), List.of(new ActorPattern(ALICE.value())), List.of("acme"));

    private static TestJpa jpa;

    private final Watch clock = new Watch();
    private final MemoryLog log = new MemoryLog(clock);
    private final TokenDesk desk = new TokenDesk(
            jpa.source(), append -> log.append(List.of(append)).get(0), new Random(7 + System.nanoTime()), clock);

    @BeforeAll
    static void open() {
        jpa = TestJpa.fresh();
    }

    @AfterAll
    static void close() {
        jpa.close();
    }

    @Test
    void aTokenIsGoodUntilItExpires() {
        Issued.Done issued = (Issued.Done) desk.issue("ci", RIGHTS, Duration.ofHours(1), ALICE);

        clock.now = clock.now.plusSeconds(3_599);
        Known.Bearer bearer = (Known.Bearer) desk.check(issued.secret().reveal());
        assertThat(bearer.token().rights()).isEqualTo(RIGHTS);
        assertThat(bearer.token().actor()).isEqualTo(ALICE.value());
        clock.now = clock.now.plusSeconds(1);
        assertThat(desk.check(issued.secret().reveal())).isEqualTo(new Known.Nobody("has expired"));
    }

    @Test
    void aTokenIsGoodUntilItIsRevoked() {
        Issued.Done issued = (Issued.Done) desk.issue("ci", RIGHTS, null, ALICE);

        assertThat(desk.check(issued.secret().reveal())).isInstanceOf(Known.Bearer.class);
        assertThat(desk.revoke(issued.token().id(), ALICE)).isEmpty();
        assertThat(desk.revoke(issued.token().id(), ALICE)).isEmpty();
        assertThat(desk.check(issued.secret().reveal())).isEqualTo(new Known.Nobody("is revoked"));
        assertThat(kinds()).containsExactly("token.created.v1", "token.revoked.v1");
    }

    @Test
    void whatIsNearlyASecretOpensNothing() {
        String secret =
                ((Issued.Done) desk.issue("ci", RIGHTS, null, ALICE)).secret().reveal();
        char last = secret.charAt(secret.length() - 5);
        String other = secret.substring(0, secret.length() - 5)
                + (last == 'a' ? 'b' : 'a')
                + secret.substring(secret.length() - 4);

        for (String wrong : List.of(other, "", "x", secret + "a", secret.substring(1), "fft_000000000000_" + secret)) {
            assertThat(desk.check(wrong)).as(wrong).isEqualTo(new Known.Nobody("is unknown"));
        }
    }

    @Test
    void theSecretIsKeptNowhere() throws SQLException {
        String secret =
                ((Issued.Done) desk.issue("ci", RIGHTS, null, ALICE)).secret().reveal();
        String last = secret.substring(secret.length() - 20);

        assertThat(log.after(0, 10)).extracting(e -> e.body().canonical()).noneMatch(body -> body.contains(last));
        try (Connection connection = jpa.source().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select t::text from token t")) {
            while (rows.next()) {
                assertThat(rows.getString(1)).doesNotContain(last);
            }
        }
    }

    @Test
    void usingATokenIsRememberedToTheMinute() {
        Issued.Done issued = (Issued.Done) desk.issue("ci", RIGHTS, null, ALICE);
        Instant first = clock.now;
        desk.check(issued.secret().reveal());
        clock.now = first.plusSeconds(59);
        desk.check(issued.secret().reveal());
        assertThat(lastUsed(issued)).isEqualTo(first);
        clock.now = first.plusSeconds(61);
        desk.check(issued.secret().reveal());
        assertThat(lastUsed(issued)).isEqualTo(clock.now);
    }

    @Test
    void anUnknownTokenIsNotRevoked() {
        assertThat(desk.revoke("nope", ALICE))
                .hasValueSatisfying(r -> assertThat(r.message()).contains("nope"));
    }

    @Test
    void noTokenIsWithoutItsRecord() {
        TokenDesk shut = new TokenDesk(
                jpa.source(),
                append -> {
                    throw new IllegalStateException(
                            "no room for " + append.drafts().size());
                },
                new Random(1),
                clock);
        int before = desk.list().size();

        assertThatThrownBy(() -> shut.issue("ci", RIGHTS, null, ALICE)).isInstanceOf(IllegalStateException.class);
        assertThat(desk.list()).hasSize(before);
    }

    private Instant lastUsed(Issued.Done issued) {
        return desk.list().stream()
                .filter(t -> t.id().equals(issued.token().id()))
                .findFirst()
                .orElseThrow()
                .lastUsedAt();
    }

    private List<String> kinds() {
        return log.thread(TokenDesk.THREAD, 0, Append.DRAFTS_MAX).stream()
                .map(Entry::kind)
                .toList();
    }

    private static final class Watch extends Clock {
        private Instant now = Instant.parse("2026-11-20T06:00:00Z");

        @Override
        public Instant instant() {
            return now;
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }
    }
}
