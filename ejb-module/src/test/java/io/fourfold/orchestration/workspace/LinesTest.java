package io.fourfold.orchestration.workspace;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.orchestration.workspace.Sandbox.Stream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinesTest {

    private final Collected collected = new Collected();
    private final Lines lines = new Lines(Stream.OUT, collected);

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 1000})
    void linesComeOutTheSameHoweverTheBytesWereCut(int step) {
        byte[] bytes = "one\r\n\nzwölf €\n😀 end".getBytes(StandardCharsets.UTF_8);
        for (int from = 0; from < bytes.length; from += step) {
            lines.accept(bytes, from, Math.min(step, bytes.length - from));
        }
        lines.end();
        assertThat(collected.out()).containsExactly("one", "", "zwölf €", "😀 end");
    }

    @Test
    void aLongLineIsCutAtACharacterAndLosesNothing() {
        String text = "a" + "€".repeat(Lines.PIECE_MAX_BYTES);
        feed(text + "\nnext\n");
        assertThat(collected.out()).hasSize(5).last().isEqualTo("next");
        assertThat(String.join("", collected.out().subList(0, 4))).isEqualTo(text);
        assertThat(collected.out().subList(0, 3)).allMatch(Lines::isPiece).allMatch(piece -> !piece.contains("\uFFFD"));
    }

    @Test
    void bytesThatAreNoTextAreReplacedNotFatal() {
        lines.accept(new byte[] {(byte) 0xFF, 'a', '\n'}, 0, 3);
        assertThat(collected.out()).containsExactly("\uFFFDa");
    }

    @Test
    void aLineOfExactlyOnePieceIsOneLine() {
        feed("x".repeat(Lines.PIECE_MAX_BYTES) + "\n" + "y\n");
        assertThat(collected.out()).hasSize(2);
    }

    private void feed(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        lines.accept(bytes, 0, bytes.length);
        lines.end();
    }
}
