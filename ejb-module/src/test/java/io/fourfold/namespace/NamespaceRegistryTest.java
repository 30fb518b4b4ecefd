package io.fourfold.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.Act;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Json;
import io.fourfold.log.Refusal.Code;
import io.fourfold.log.ThreadId;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NamespaceRegistryTest {

    private static final String ENTRY =
            "{\"topic\":\"namespace_entry\",\"id\":\"acme\",\"status\":\"active\",\"description\":\"d\",\"policy\":{\"x\":1}}";

    @Test
    void theLastRecordAboutANamespaceWins() {
        NamespaceRegistry active = NamespaceRegistry.EMPTY.fold(entry(Act.LEARN, ENTRY));
        NamespaceRegistry deleted = active.fold(entry(Act.LEARN, ENTRY.replace("active", "deleted")));

        assertThat(active.namespaces())
                .containsEntry("acme", new Namespace("acme", Namespace.Status.ACTIVE, "d", "{\"x\":1}"));
        assertThat(active.refusal("acme")).isEmpty();
        assertThat(deleted.refusal("acme"))
                .hasValueSatisfying(refusal -> assertThat(refusal.message()).contains("it is deleted"));
        assertThat(active.fold(entry(Act.LEARN, ENTRY))).isEqualTo(active);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}",
                "{\"topic\":\"namespace_entry\",\"id\":\"acme\",\"status\":\"ACTIVE\"}",
                "{\"topic\":\"namespace_entry\",\"id\":\"Acme\",\"status\":\"active\"}",
                "{\"topic\":\"namespace_entry\",\"id\":7,\"status\":\"active\"}",
                "{\"topic\":\"other\",\"id\":\"acme\",\"status\":\"active\"}"
            })
    void whatIsNoEntryChangesNothing(String body) {
        assertThat(NamespaceRegistry.EMPTY.fold(entry(Act.LEARN, body))).isEqualTo(NamespaceRegistry.EMPTY);
    }

    @Test
    void onlyLearningOnTheRegistrysThreadCounts() {
        Entry elsewhere = entry(new ThreadId("th_x"), Act.LEARN, ENTRY);

        assertThat(NamespaceRegistry.EMPTY.fold(entry(Act.KNOW, ENTRY))).isEqualTo(NamespaceRegistry.EMPTY);
        assertThat(NamespaceRegistry.EMPTY.fold(elsewhere)).isEqualTo(NamespaceRegistry.EMPTY);
    }

    @Test
    void theDefaultNamespaceIsAlwaysActive() {
        NamespaceRegistry registry = NamespaceRegistry.EMPTY.fold(
                entry(Act.LEARN, ENTRY.replace("acme", "default").replace("active", "deleted")));

        assertThat(registry.refusal("default")).isEmpty();
        assertThat(registry.refusal("default/x"))
                .hasValueSatisfying(refusal -> assertThat(refusal.details()).containsEntry("link", "default/x"));
    }

    @ParameterizedTest
    @CsvSource({
        "a, true",
        "a/b/c/d, true",
        "0_-/9, true",
        "a/b/c/d/e, false",
        "'', false",
        "/a, false",
        "a/, false",
        "a//b, false",
        "A, false",
        "-a, false",
        "_a, false",
        "a b, false",
        "é, false",
        "a.b, false"
    })
    void aNamespaceHasOneToFourSegments(String id, boolean wellFormed) {
        assertThat(Namespace.isWellFormed(id)).isEqualTo(wellFormed);
        assertThat(NamespaceRegistry.EMPTY.refusal(id)).hasValueSatisfying(refusal -> assertThat(refusal.code())
                .isEqualTo(wellFormed ? Code.NAMESPACE_REJECTED : Code.NAMESPACE_INVALID));
    }

    @Test
    void segmentsAndTheWholeAreBounded() {
        String segment = "a".repeat(64);

        assertThat(Namespace.isWellFormed(segment)).isTrue();
        assertThat(Namespace.isWellFormed(segment + "a")).isFalse();
        assertThat(Namespace.isWellFormed("a".repeat(61) + ("/" + segment).repeat(3)))
                .isTrue();
        assertThat(Namespace.isWellFormed("a".repeat(62) + ("/" + segment).repeat(3)))
                .isFalse();
    }

    private static Entry entry(Act act, String body) {
        return entry(NamespaceRegistry.THREAD, act, body);
    }

    private static Entry entry(ThreadId thread, Act act, String body) {
        Draft draft =
                Draft.of(thread, new Did("did:x:y"), act, Json.parse(body)).withClock(0);
        return new Entry(1, 0, new EntryId("0".repeat(64)), draft, "default", Instant.EPOCH);
    }
}
