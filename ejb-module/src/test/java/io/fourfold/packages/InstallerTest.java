package io.fourfold.packages;

import static io.fourfold.packages.Trees.MANIFEST;
import static io.fourfold.packages.Trees.workflow;
import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.artifact.ContentStore;
import io.fourfold.config.ConfigDesk;
import io.fourfold.config.EngineConfigs;
import io.fourfold.config.Identity;
import io.fourfold.expression.Expressions;
import io.fourfold.kit.Commands;
import io.fourfold.kit.Outcome;
import io.fourfold.kit.Together;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import io.fourfold.log.Refusal.Code;
import io.fourfold.log.memory.MemoryLog;
import io.fourfold.orchestration.workflow.Registrar;
import io.fourfold.orchestration.workflow.Workflow;
import io.fourfold.orchestration.workflow.WorkflowYaml;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallerTest {

    private static final Did ALICE = new Did("did:fourfold:user:alice");
    private static final Installer.Order ORDER = new Installer.Order(ALICE, append -> Optional.empty(), false);
    private static final String ONE = "workflows/one/workflow.yaml";
    private static final String TWO = "workflows/two/workflow.yaml";
    private static final String TRIGGER =
            "triggers:\n  - {name: nightly, source: schedule, schedule: 30 2 * * *, workflow: one}\n";

    @TempDir
    Path folder;

    private final MemoryLog log = new MemoryLog(Clock.systemUTC());
    private final Commands commands = new Commands(log, this::append, Clock.systemUTC());
    private final EngineConfigs configs = new EngineConfigs(log, new Expressions());
    private Registrar registrar;
    private Installer installer;
    private Runnable meanwhile = () -> {};
    private int appends;

    private Receipt append(Append append) {
        appends++;
        Runnable others = meanwhile;
        meanwhile = () -> {};
        others.run();
        return log.append(List.of(append)).getFirst();
    }

    @BeforeEach
    void make() {
        registrar = new Registrar(commands, new ContentStore(folder), new WorkflowYaml(phase -> Optional.empty()));
        installer = installer();
    }

    /** Of one more server. */
    private Installer installer() {
        return new Installer(
                commands,
                new Together(commands),
                configs,
                registrar,
                new PackageReader(registrar, new ConfigDesk(configs, log)));
    }

    private static Sources.Result.Found given(String... files) {
        return new Sources.Result.Found(Origin.folder("/demo"), Trees.of(files));
    }

    private static Sources.Result.Found demo(String oneDoes) {
        return given(
                "fourfold.yaml",
                MANIFEST,
                ONE,
                workflow("one", oneDoes),
                TWO,
                workflow("two", "echo"),
                "triggers.yaml",
                TRIGGER);
    }

    private static Report done(Outcome<Report> outcome) {
        assertThat(outcome).as(() -> outcome.toString()).isInstanceOf(Outcome.Done.class);
        return ((Outcome.Done<Report>) outcome).state();
    }

    private static Refusal refused(Outcome<Report> outcome) {
        return ((Outcome.Refused<Report>) outcome).refusal();
    }

    private Workflow.State workflowState(String id) {
        return commands.state(Workflow.AGGREGATE, Workflow.threadOf(id));
    }

    private boolean nightly() {
        configs.catchUp();
        return configs.current()
                .find(new Identity("trigger", "default", "nightly"))
                .isPresent();
    }

    private static List<String> changes(Report report) {
        List<String> changes = new ArrayList<>();
        report.workflows().forEach(c -> changes.add(c.id() + " " + c.revision() + " " + c.change()));
        report.triggers().forEach(c -> changes.add(c.name() + " " + c.change()));
        return changes;
    }

    @Test
    void aPackageIsInstalledInOneCommit() {
        Report report = done(installer.install(demo("echo"), ORDER));

        assertThat(changes(report)).containsExactly("one 1 created", "two 1 created", "nightly added");
        assertThat(appends).isEqualTo(1);
        assertThat(log.after(0, 10))
                .extracting(entry -> entry.thread().value())
                .containsExactly("th_package.demo", "th_workflow.one", "th_workflow.two", "th_engine_config");
        assertThat(nightly()).isTrue();
        assertThat(installer.state("demo").content()).isEqualTo(report.content());
    }

    @Test
    void whatAnotherServerInstalledMeanwhileIsNotInstalledOnceMore() {
        Installer other = installer();
        meanwhile = () -> done(other.install(demo("echo"), ORDER));
        Refusal refusal = refused(installer.install(demo("date"), ORDER));
        assertThat(refusal.code()).isEqualTo(Code.ALREADY_EXISTS);
        assertThat(refusal.message()).contains("demo 1.0.0 is; update it instead");
        assertThat(log.head()).isEqualTo(4);
    }

    @Test
    void anUpdateGoesOnFromWhatAnotherServerDidMeanwhile() {
        done(installer.install(demo("echo"), ORDER));
        Installer other = installer();
        meanwhile = () -> done(other.update("demo", demo("date"), ORDER));
        Report report = done(installer.update("demo", demo("date"), ORDER));
        assertThat(report.status()).isEqualTo("unchanged");
        meanwhile = () -> done(other.uninstall("demo", List.of(), false, ORDER));
        assertThat(refused(installer.update("demo", demo("echo"), ORDER)).code())
                .isEqualTo(Code.NOT_FOUND);
        assertThat(workflowState("one").archived()).isTrue();
    }

    @Test
    void aDryRunInstallsNothing() {
        Installer.Order dry = new Installer.Order(ALICE, append -> Optional.empty(), true);
        assertThat(changes(done(installer.install(demo("echo"), dry)))).hasSize(3);
        assertThat(log.head()).isZero();
    }

    @Test
    void oneBrokenFileAndNothingIsInstalled() {
        Refusal refusal = refused(installer.install(
                given("fourfold.yaml", MANIFEST, ONE, workflow("one", "echo"), TWO, "id: two\n"), ORDER));
        assertThat(refusal.code()).isEqualTo(Code.INVALID_WORKFLOW);
        assertThat(refusal.message()).startsWith(TWO + ":1:1: phases: ");
        assertThat(log.head()).isZero();
    }

    @Test
    void whatItsAuthorMayNotSayAsARecordIsNotSaidByHisPackage() {
        Refusal no = Refusal.of(Code.SCOPE_DENIED, "Expected the scope config:write");
        Installer.Order order = new Installer.Order(ALICE, append -> Optional.of(no), false);
        assertThat(refused(installer.install(demo("echo"), order))).isEqualTo(no);
        assertThat(log.head()).isZero();
        assertThat(changes(done(installer.install(given("workflow.yaml", workflow("w", "echo")), order))))
                .containsExactly("w 1 created");
    }

    @Test
    void whatOthersMadeIsInTheWayAndNamed() {
        registrar.register(new Registrar.Package("w", workflow("two", "date"), Map.of()), false, ALICE);
        long head = log.head();
        Refusal refusal = refused(installer.install(demo("echo"), ORDER));
        assertThat(refusal.code()).isEqualTo(Code.ALREADY_EXISTS);
        assertThat(refusal.message()).startsWith(TWO + ":1:5: id: expected an id that is free");
        assertThat(log.head()).isEqualTo(head);
    }

    @Test
    void aTriggerOfAnUnknownWorkflowIsRefused() {
        Refusal refusal = refused(
                installer.install(given("workflow.yaml", workflow("other", "echo"), "triggers.yaml", TRIGGER), ORDER));
        assertThat(refusal.message())
                .isEqualTo("triggers.yaml:2:12: triggers[0].name: expected a workflow of this package or of the"
                        + " server, but there is none named one");
    }

    @Test
    void theSameAgainChangesNothing() {
        done(installer.install(demo("echo"), ORDER));
        long head = log.head();
        assertThat(refused(installer.install(demo("echo"), ORDER)).code()).isEqualTo(Code.ALREADY_EXISTS);
        Report report = done(installer.update("demo", demo("echo"), ORDER));
        assertThat(report.status()).isEqualTo("unchanged");
        assertThat(log.head()).isEqualTo(head);
    }

    @Test
    void anUpdateRevisesWhatChangedArchivesWhatVanishedAndLeavesTheRest() {
        done(installer.install(demo("echo"), ORDER));
        Report revised = done(installer.update("demo", demo("date"), ORDER));
        assertThat(revised.status()).isEqualTo("updated");
        assertThat(changes(revised)).containsExactly("one 2 revised", "two 1 unchanged", "nightly unchanged");
        assertThat(workflowState("two").revision()).isEqualTo(1);

        Report less =
                done(installer.update("demo", given("fourfold.yaml", MANIFEST, ONE, workflow("one", "date")), ORDER));
        assertThat(changes(less)).containsExactly("one 2 unchanged", "two 1 archived", "nightly retired");
        assertThat(workflowState("two").archived()).isTrue();
        assertThat(nightly()).isFalse();

        Report back = done(installer.update("demo", demo("date"), ORDER));
        assertThat(changes(back)).containsExactly("one 2 unchanged", "two 2 revised", "nightly added");
    }

    @Test
    void whatAPersonChangedStaysWhereThePackageDidNotChange() {
        done(installer.install(demo("echo"), ORDER));
        commands.handle(
                Workflow.AGGREGATE, new Workflow.Command.UpdatePhase("two", "one", "date", null, null, null), ALICE);
        done(installer.update("demo", demo("date"), ORDER));
        assertThat(workflowState("two").definition().phases().getFirst().prompt())
                .isEqualTo("date");
    }

    @Test
    void anotherPackageIsNoUpdate() {
        done(installer.install(demo("echo"), ORDER));
        assertThat(refused(installer.update("demo", given("workflow.yaml", "id: x\n"), ORDER))
                        .code())
                .isEqualTo(Code.INVALID_WORKFLOW);
        assertThat(refused(installer.update(
                                "demo",
                                given("fourfold.yaml", MANIFEST.replace("demo", "other"), ONE, workflow("one", "x")),
                                ORDER))
                        .message())
                .isEqualTo("fourfold.yaml: expected the package demo, but it is other");
    }

    @Test
    void whatIsUninstalledIsArchivedAndComesBackWithItsHistory() {
        done(installer.install(demo("echo"), ORDER));
        assertThat(refused(installer.uninstall("demo", List.of("exec-1"), false, ORDER))
                        .code())
                .isEqualTo(Code.WRONG_STATE);
        assertThat(nightly()).isTrue();

        Report gone = done(installer.uninstall("demo", List.of("exec-1"), true, ORDER));
        assertThat(changes(gone)).containsExactly("one 1 archived", "two 1 archived", "nightly retired");
        assertThat(nightly()).isFalse();
        assertThat(refused(installer.uninstall("demo", List.of(), false, ORDER)).code())
                .isEqualTo(Code.NOT_FOUND);

        assertThat(changes(done(installer.install(demo("echo"), ORDER))))
                .containsExactly("one 2 revised", "two 2 revised", "nightly added");
    }

    @Test
    void filesThatPlayBackAreKept() {
        String replay = "id: w\nphases:\n  - {id: a, agent: replay, recording: r/a.jsonl}\n";
        done(installer.install(given("workflow.yaml", replay, "r/a.jsonl", "{}", "r/workspace/x", "X"), ORDER));
        assertThat(workflowState("w").definition().files()).containsOnlyKeys("r/a.jsonl", "r/workspace/x");
        for (String hash : workflowState("w").definition().files().values()) {
            assertThat(new ContentStore(folder).read(hash)).isPresent();
        }
    }
}
