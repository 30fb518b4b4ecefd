package io.fourfold.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DraftsTest {

    private static final String ZEROS = "th_" + "0".repeat(64);
    private static final String FIRST = "{\"act\":\"INTEND\",\"actor\":\"did:sync:user:alice\","
            + "\"body\":{\"goal\":\"Deploy the authentication service v2\"},\"clock\":0,\"data_type\":\"SCALAR\","
            + "\"parents\":[],\"thread\":\"" + ZEROS + "\"}";
    private static final String SECOND = "{\"act\":\"KNOW\",\"actor\":\"did:sync:agent:dev\",\"body\":{},\"clock\":1,"
            + "\"data_type\":\"VOID\",\"parents\":[],\"thread\":\"" + ZEROS + "\"}";
    private static final EntryId A = new EntryId("a".repeat(64));
    private static final EntryId B = new EntryId("b".repeat(64));

    @Test
    void theTwoPublishedRecordsHaveTheirPublishedIds() {
        assertThat(RecordHash.canonical(Drafts.parse(FIRST))).isEqualTo(FIRST);
        assertThat(RecordHash.id(Drafts.parse(FIRST)).hex())
                .isEqualTo("3bd19a935c1d1cb3a9ec4b4fcab0f4422267ac6ee756e6ee686e8ab853da1818");
        assertThat(RecordHash.canonical(Drafts.parse(SECOND))).isEqualTo(SECOND);
        assertThat(RecordHash.id(Drafts.parse(SECOND)).hex())
                .isEqualTo("60714b42f8ca358c27a6149f40238bbf0e6b3911912ea5960b47b2e6154d69fa");
    }

    @Test
    void whatIsHashedIsCanonicalWhateverTheOrderOfTheRequest() {
        String request = "{ \"thread\": \"th_x\", \"parents\": [\"" + B + "\", \"" + A + "\", \"" + B + "\"],"
                + "\"judged_by\": \"" + A + "\", \"data_type\": \"MORPHISM\", \"clock\": 7.0,"
                + "\"body\": {\"z\": 1.50, \"a\": \"\\u00e9\"}, \"actor\": \"did:web:example.org\", \"act\": \"MAP\" }";
        Draft draft = Drafts.parse(request.getBytes(StandardCharsets.UTF_8));

        assertThat(draft.parents()).containsExactly(A, B);
        assertThat(draft.judgedBy()).isEqualTo(A);
        assertThat(draft.clock()).isEqualTo(7);
        String hashed = RecordHash.canonical(draft);
        assertThat(hashed).contains("\"body\":{\"a\":\"é\",\"z\":1.5}").doesNotContain("judged_by");
        assertThat(CanonicalJson.of(hashed)).isEqualTo(hashed);
    }

    @Test
    void anEnvelopeCarriesARecordAndTheVersionItExpects() {
        Append bare = Drafts.request(FIRST.getBytes(StandardCharsets.UTF_8));
        String envelope = "{\"expect_version\": 3, \"record\": " + FIRST + "}";

        assertThat(bare).isEqualTo(Append.of(Drafts.parse(FIRST)));
        assertThat(Drafts.request(envelope.getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(new Append(bare.drafts(), Expect.length(3)));
        assertThat(Drafts.request(envelope.replace(": 3", ": null").getBytes(StandardCharsets.UTF_8)))
                .isEqualTo(bare);
    }

    @ParameterizedTest
    @CsvSource({"-1", "1.5", "x", "''", "9007199254740992", "\"1\""})
    void anExpectedVersionIsAWholeNumber(String digits) {
        assertThatThrownBy(() -> Drafts.expect("Fourfold-Expect-Version", digits))
                .isInstanceOfSatisfying(
                        InvalidRecord.class, fault -> assertThat(fault.field()).isEqualTo("Fourfold-Expect-Version"));
    }

    @Test
    void whatMayBeLeftOutHasItsDefault() {
        Draft draft = Drafts.parse("{\"act\":\"DO\",\"actor\":\"did:x:y\",\"body\":{},\"thread\":\"th_x\"}");

        assertThat(draft).isEqualTo(Draft.of(new ThreadId("th_x"), new Did("did:x:y"), Act.DO, Json.EMPTY));
        assertThatThrownBy(() -> RecordHash.id(draft)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "thread  | \"th_x\"     | 5              | a string",
                "thread  | \"th_x\"     | \"x\"          | th_ and 1 to 128",
                "thread  | \"th_x\"     | \"th_\\u0022\" | th_ and 1 to 128",
                "thread  | \"th_x\"     | null           | a string",
                "actor   | \"did:x:y\"  | \"alice\"      | did:<method>:<name>",
                "act     | \"DO\"       | \"do\"         | one of [INTEND, DO",
                "act     | \"DO\"       | [\"DO\"]       | a string",
                "body    | {}           | []             | a JSON object",
                "body    | {}           | \"{}\"         | a JSON object",
                "clock   | 3            | -1             | an integer from 0",
                "clock   | 3            | 1.5            | an integer from 0",
                "clock   | 3            | \"3\"          | an integer from 0",
                "clock   | 3            | 9007199254740992 | 0 to 9007199254740991",
                "data_type | \"VOID\"   | \"SCALARS\"    | one of [SCALAR",
                "judged_by | null       | \"abc\"        | 64 lower-case",
                "parents | []           | {}             | an array of record ids",
                "parents | []           | null           | an array of record ids",
            })
    void theFieldAtFaultAndTheExpectationAreNamed(String field, String right, String wrong, String expected) {
        String request = "{\"act\":\"DO\",\"actor\":\"did:x:y\",\"body\":{},\"clock\":3,\"data_type\":\"VOID\","
                + "\"judged_by\":null,\"parents\":[],\"thread\":\"th_x\"}";
        String faulty = request.replace("\"" + field + "\":" + right, "\"" + field + "\":" + wrong);

        assertThat(Drafts.parse(request)).isNotNull();
        assertThatThrownBy(() -> Drafts.parse(faulty))
                .isInstanceOfSatisfying(
                        InvalidRecord.class, fault -> assertThat(fault.field()).isEqualTo(field))
                .hasMessageContaining(expected)
                .hasMessageContaining("but was");
    }

    @Test
    void anUnknownFieldIsAnsweredWithTheAcceptedOnes() {
        assertThatThrownBy(() -> Drafts.parse(FIRST.replace("{\"act\"", "{\"id\":\"x\",\"act\"")))
                .isInstanceOfSatisfying(
                        InvalidRecord.class, fault -> assertThat(fault.field()).isEqualTo("id"))
                .hasMessageContaining("act, actor, body, clock, data_type, judged_by, parents, thread");
    }

    @ParameterizedTest
    @CsvSource({"act", "actor", "body", "thread"})
    void aMissingFieldIsNamed(String field) {
        String without = FIRST.replaceFirst("\"" + field + "\":(\\{[^}]*}|\"[^\"]*\"),?", "")
                .replace(",}", "}");

        assertThatThrownBy(() -> Drafts.parse(without))
                .isInstanceOfSatisfying(
                        InvalidRecord.class, fault -> assertThat(fault.field()).isEqualTo(field))
                .hasMessageContaining("missing");
    }

    @Test
    void parentsAreCheckedOneByOneAndCounted() {
        assertThatThrownBy(() -> Drafts.parse(FIRST.replace("[]", "[\"" + A + "\",\"x\"]")))
                .isInstanceOfSatisfying(
                        InvalidRecord.class, fault -> assertThat(fault.field()).isEqualTo("parents[1]"));
        StringBuilder many = new StringBuilder();
        for (int i = 0; i <= Draft.PARENTS_MAX; i++) {
            many.append(many.isEmpty() ? "" : ",").append("\"%064x\"".formatted(i));
        }

        assertThatThrownBy(() -> Drafts.parse(FIRST.replace("[]", "[" + many + "]")))
                .hasMessageContaining("at most 256, but got 257");
    }

    @Test
    void anEntryIsAnsweredInCanonicalFormWithMicroseconds() {
        Draft draft = Drafts.parse(FIRST).withParents(List.of(A));
        Entry entry =
                new Entry(12, 3, RecordHash.id(draft), draft, "acme/\"prod", Instant.parse("2026-11-20T05:43:15.1Z"));

        String answer = EntryJson.of(entry);

        assertThat(CanonicalJson.of(answer)).isEqualTo(answer);
        assertThat(answer)
                .contains("\"recorded_at\":\"2026-11-20T05:43:15.100000Z\"", "\"position\":12", "\"version\":3")
                .contains("\"namespace\":\"acme/\\\"prod\"", "\"judged_by\":null", "\"parents\":[\"" + A + "\"]");
    }
}
