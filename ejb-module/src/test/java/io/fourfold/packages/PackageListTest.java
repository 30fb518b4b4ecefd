package io.fourfold.packages;

import static io.fourfold.kit.Given.NOW;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.Entries;
import io.fourfold.kit.Folded;
import io.fourfold.packages.InstalledPackage.Event;
import io.fourfold.view.PackageRow;
import java.util.List;
import org.junit.jupiter.api.Test;

class PackageListTest {

    private static final Origin ORIGIN = new Origin("git", "octo/demo", "https://github.com/octo/demo.git", "v1", "c0");
    private static final List<Content.Cue> CUES = List.of(new Content.Cue("nightly", "acme", "ff"));

    private final Entries entries = new Entries();

    private void happened(Event event) {
        entries.event(Event.CODEC, InstalledPackage.threadOf("demo"), event);
    }

    private PackageRow row() {
        return Folded.of(new PackageList(), entries.all()).get("demo");
    }

    private static Manifest manifest(String version) {
        return new Manifest("demo", version, "For tests", null, null);
    }

    private static List<Content.Part> parts(String... ids) {
        return List.of(ids).stream()
                .map(id -> new Content.Part(id, id + ".yaml", 1, "aa"))
                .toList();
    }

    @Test
    void aPackageIsListedAsItStandsAndKnowsItsFirstDay() {
        happened(new Event.Installed("demo", manifest("1.0.0"), ORIGIN, parts("a", "b"), CUES, NOW));
        assertThat(row().triggers).containsExactly("acme/nightly");
        happened(new Event.Updated(
                "demo",
                manifest("1.1.0"),
                ORIGIN,
                parts("a"),
                List.of(),
                List.of("b"),
                List.of("acme/nightly"),
                NOW.plusSeconds(5)));
        assertThat(row().release).isEqualTo("1.1.0");
        assertThat(row().workflows).containsExactly("a");
        assertThat(row().triggers).isEmpty();
        assertThat(row().commitId).isEqualTo("c0");
        assertThat(row().installedAt).isEqualTo(NOW);
        assertThat(row().changedAt).isEqualTo(NOW.plusSeconds(5));
    }

    @Test
    void whatIsUninstalledIsSoUntilItComesBack() {
        happened(new Event.Installed("demo", manifest("1.0.0"), ORIGIN, parts("a"), List.of(), NOW));
        happened(new Event.Uninstalled("demo", List.of("a"), List.of(), NOW.plusSeconds(5)));
        assertThat(row().status).isEqualTo("uninstalled");
        happened(new Event.Installed("demo", manifest("2.0.0"), ORIGIN, parts("a"), List.of(), NOW.plusSeconds(9)));
        assertThat(row().status).isEqualTo("installed");
        assertThat(row().installedAt).isEqualTo(NOW.plusSeconds(9));
    }
}
