package io.fourfold.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SheetsTest {

    private static Sheets sheets(int number, int shown, long total) {
        return Sheets.of(number, 25, shown, total, n -> "page " + n);
    }

    @Test
    void theFirstPageHasNoneBeforeIt() {
        assertThat(sheets(1, 25, 26)).isEqualTo(new Sheets("1–25 of 26", 25, null, "page 2"));
    }

    @Test
    void theLastPageHasNoneAfterIt() {
        assertThat(sheets(2, 1, 26)).isEqualTo(new Sheets("26–26 of 26", 25, "page 1", null));
    }

    @Test
    void aListThatFitsHasOnlyOne() {
        assertThat(sheets(1, 25, 25).several()).isFalse();
        assertThat(sheets(1, 0, 0).range()).isEqualTo("None of 0");
    }
}
