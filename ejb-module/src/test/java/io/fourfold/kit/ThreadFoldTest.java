package io.fourfold.kit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.log.Act;
import io.fourfold.log.Entry;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import java.util.List;
import org.junit.jupiter.api.Test;

class ThreadFoldTest {

    private static final ThreadId A = new ThreadId("th_a");
    private static final ThreadId B = new ThreadId("th_b");

    private final Entries entries = new Entries();
    private final ThreadFold<String> spelled = over(entries);

    private static ThreadFold<String> over(Entries entries) {
        return new ThreadFold<>(
                new EntriesLog(entries),
                "",
                (word, entry) -> word + entry.body().text("letter").orElseThrow());
    }

    private Entry letter(ThreadId thread, String letter) {
        return entries.add(thread, Act.KNOW, Json.parse("{\"letter\":\"" + letter + "\"}"));
    }

    @Test
    void aStepGoesFromWhatThereWasToWhatThereIs() {
        Entry first = letter(A, "x");
        Entry elsewhere = letter(B, "o");
        Entry second = letter(A, "y");
        assertThat(spelled.step(first)).isEqualTo(new ThreadFold.Step<>("", "x"));
        assertThat(spelled.step(elsewhere)).isEqualTo(new ThreadFold.Step<>("", "o"));
        assertThat(spelled.step(second)).isEqualTo(new ThreadFold.Step<>("x", "xy"));
    }

    @Test
    void theAnswerDoesNotDependOnWhatWasAskedBefore() {
        List<Entry> all = List.of(letter(A, "x"), letter(A, "y"), letter(A, "z"));
        for (Entry entry : List.of(all.get(2), all.get(0), all.get(2), all.get(1))) {
            assertThat(spelled.step(entry)).isEqualTo(over(entries).step(entry));
        }
    }

    @Test
    void aThreadThatWasForgottenIsReadAgain() {
        letter(A, "x");
        letter(A, "y");
        Entry last = letter(A, "z");
        assertThat(spelled.knows(last)).isFalse();
        assertThat(spelled.step(last).after()).isEqualTo("xyz");
        assertThat(spelled.knows(last)).isTrue();
        for (int i = 0; i < ThreadFold.STEPS_MAX; i++) {
            spelled.step(letter(new ThreadId("th_other." + i), "o"));
        }
        assertThat(spelled.knows(last)).isFalse();
        assertThat(spelled.step(last).after()).isEqualTo("xyz");
    }

    @Test
    void anEntryWhoseThreadIsNotInTheLogIsABug() {
        letter(A, "x");
        Entry second = letter(A, "y");
        assertThatThrownBy(() -> over(new Entries()).step(second)).hasMessageContaining("Expected 1 records");
    }
}
