package io.fourfold.packages;

import static io.fourfold.kit.Given.NOW;
import static io.fourfold.kit.Given.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.kit.StateTable;
import io.fourfold.packages.InstalledPackage.Command;
import io.fourfold.packages.InstalledPackage.Event;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class InstalledPackageTest {

    private static final Content FIRST = content("1.0.0", "aa");
    private static final Content SECOND = content("1.1.0", "bb");
    private static final Event INSTALLED =
            new Event.Installed("demo", FIRST.manifest(), FIRST.origin(), FIRST.workflows(), FIRST.triggers(), NOW);
    private static final Event GONE = new Event.Uninstalled("demo", List.of("w"), List.of(), NOW);

    private static Content content(String version, String hash) {
        return new Content(
                new Manifest("demo", version, null, null, null),
                Origin.folder("/demo"),
                List.of(new Content.Part("w", "workflow.yaml", 1, hash)),
                List.of());
    }

    private static final String BY_STATE = """
                               absent    installed   uninstalled
            Install            installed exists      installed
            Update             none      -           none
            Update             none      updated     none
            Uninstall          none      uninstalled none
            Uninstall          none      no          none
            Uninstall          none      uninstalled none
            """;

    private static Command uninstall(List<String> running, boolean force) {
        return new Command.Uninstall("demo", List.of("w"), List.of(), running, force);
    }

    @Test
    void everyCommandInEveryState() {
        Map<String, List<Event>> states = new LinkedHashMap<>();
        states.put("absent", List.of());
        states.put("installed", List.of(INSTALLED));
        states.put("uninstalled", List.of(INSTALLED, GONE));
        assertThat(new StateTable<>(InstalledPackage.AGGREGATE, states)
                        .of(List.of(
                                new Command.Install("demo", FIRST),
                                new Command.Update("demo", FIRST, List.of(), List.of()),
                                new Command.Update("demo", SECOND, List.of(), List.of()),
                                uninstall(List.of(), false),
                                uninstall(List.of("exec-1"), false),
                                uninstall(List.of("exec-1"), true))))
                .isEqualTo(BY_STATE);
    }

    @Test
    void whatIsUpdatedKeepsTheDayItWasInstalledOn() {
        Event updated = new Event.Updated(
                "demo",
                SECOND.manifest(),
                SECOND.origin(),
                SECOND.workflows(),
                SECOND.triggers(),
                List.of(),
                List.of(),
                NOW.plusSeconds(60));
        InstalledPackage.State state =
                given(InstalledPackage.AGGREGATE, List.of(INSTALLED, updated)).state();
        assertThat(state).isEqualTo(new InstalledPackage.State(true, SECOND, NOW, NOW.plusSeconds(60)));
    }
}
