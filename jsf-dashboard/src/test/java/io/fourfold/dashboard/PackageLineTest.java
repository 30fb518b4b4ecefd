package io.fourfold.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.view.PackageRow;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PackageLineTest {

    private static final Instant NOW = Instant.parse("2026-03-01T12:00:00Z");

    private static PackageRow row() {
        PackageRow row = new PackageRow();
        row.id = "demo";
        row.release = "1.2.0";
        row.kind = "git";
        row.source = "octo/demo";
        row.workflows = List.of("one", "two words");
        row.installedAt = NOW.minusSeconds(240);
        row.changedAt = row.installedAt;
        return row;
    }

    @Test
    void itSaysWhereItCameFromAndLeadsToTheExecutionsOfItsWorkflows() {
        PackageLine line = PackageLine.of(row(), NOW);
        assertThat(line.source()).isEqualTo("git octo/demo");
        assertThat(line.record()).isEqualTo("/api/v1/packages/demo");
        assertThat(line.workflows())
                .extracting(PackageLine.Part::link)
                .containsExactly("executions.xhtml?workflow=one", "executions.xhtml?workflow=two%20words");
        assertThat(line.installed().ago()).isEqualTo("4 m ago");
        assertThat(line.changed()).isNull();
    }

    @Test
    void whatWasUpdatedSaysSoAndWhichCommitItIs() {
        PackageRow row = row();
        row.ref = "v2";
        row.commitId = "0123456789abcdef0123456789abcdef01234567";
        row.changedAt = NOW.minusSeconds(60);
        PackageLine line = PackageLine.of(row, NOW);
        assertThat(line.source()).isEqualTo("git octo/demo @ v2 (0123456789ab)");
        assertThat(line.changed().ago()).isEqualTo("1 m ago");
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "null",
            value = {
                "null,       null, 'r.id asc, r.id',            packages.xhtml",
                "name,       1,    'r.id asc, r.id',            packages.xhtml",
                "-installed, 3,    'r.installedAt desc, r.id',  packages.xhtml?sort=-installed&page=3",
                "drop table, -2,   'r.id asc, r.id',            packages.xhtml"
            })
    void theAddressSaysHowTheListIsSortedAndAnythingElseMeansNothing(
            String sort, String page, String order, String link) {
        PackageQuery query = PackageQuery.of(sort, page);
        assertThat(query.order()).isEqualTo(order);
        assertThat(query.link()).isEqualTo(link);
    }

    @Test
    void aHeadingTurnsItsOwnOrderRound() {
        PackageQuery query = PackageQuery.of("installed", "2");
        assertThat(query.column("installed", "Installed"))
                .isEqualTo(new Column("installed", "Installed", "packages.xhtml?sort=-installed", "ascending"));
        assertThat(query.column("name", "Package")).isEqualTo(new Column("name", "Package", "packages.xhtml", "none"));
        assertThat(PackageQuery.of(null, null).column("installed", "Installed").link())
                .isEqualTo("packages.xhtml?sort=-installed");
    }
}
