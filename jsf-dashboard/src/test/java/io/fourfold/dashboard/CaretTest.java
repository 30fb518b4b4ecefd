package io.fourfold.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CaretTest {

    @Test
    void theCaretStandsUnderTheColumn() {
        assertThat(Caret.under("a == b", 1, 6)).isEqualTo("a == b\n     ^");
        assertThat(Caret.under("a", 1, 1)).isEqualTo("a\n^");
    }

    @Test
    void linesAfterTheFaultAreLeftOut() {
        assertThat(Caret.under("a &&\nb &&\nc", 2, 3)).isEqualTo("a &&\nb &&\n  ^");
    }

    @Test
    void tabsStayAndACharacterOutsideThePlaneIsOne() {
        assertThat(Caret.under("\ta", 1, 2)).isEqualTo("\ta\n\t^");
        assertThat(Caret.under("'😀' + x", 1, 7)).isEqualTo("'😀' + x\n      ^");
    }

    @Test
    void aPlaceBehindTheTextIsItsEnd() {
        assertThat(Caret.under("", 1, 1)).isEqualTo("\n^");
        assertThat(Caret.under("a ==", 1, 9)).isEqualTo("a ==\n    ^");
    }
}
