package io.fourfold.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/** The dashboard in a real browser, on a server of its own that begins empty. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class DashboardIT {

    private static final int NARROW_PIXELS = 360;
    private static final int TABS_MAX = 40;
    private static final LocatorAssertions.HasAttributeOptions SOON =
            new LocatorAssertions.HasAttributeOptions().setTimeout(60_000);

    @TempDir
    static Path folder;

    private static Chromium chromium;
    private static TestServer server;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        server = new TestServer(Map.of()).up();
    }

    @AfterAll
    static void stop() {
        if (server != null) {
            server.close();
        }
        if (chromium != null) {
            chromium.close();
        }
    }

    @Test
    @Order(1)
    void theOverviewSaysHowToBeginAndThenShowsTheRunWithoutAReload() {
        try (Chromium.Tab tab = overview()) {
            assertThat(tab.page().locator("#welcome")).containsText("./fourfold run examples/hello/workflow.yaml");
            mark(tab.page());
            String id = run(1, "sleep 1; exit 3");
            assertThat(tab.page().locator("#latest-" + id + " .pill")).hasAttribute("data-status", "failed", SOON);
            assertThat(tab.page().locator("#welcome")).hasCount(0);
            assertThat(isMarked(tab.page())).isTrue();
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void theListIsFilteredByStatus() {
        String good = run(0, "echo good");
        String bad = run(1, "exit 1");
        try (Chromium.Tab tab = chromium.open(server.url("/dashboard/executions.xhtml"))) {
            Page page = tab.page();
            assertThat(page.locator("#row-" + good)).isVisible();
            assertThat(page.locator("#row-" + bad)).isVisible();
            page.locator("[data-choice=Failed]").click();
            assertThat(page.locator("#row-" + bad)).isVisible();
            assertThat(page.locator("#row-" + good)).hasCount(0);
            assertThat(page.locator("[data-choice=Failed]")).hasAttribute("aria-current", "true");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void aPackageIsThereOnceItIsInstalledAndItsWorkflowsLeadToTheirExecutions() {
        try (Chromium.Tab tab = chromium.open(server.url("/dashboard/packages.xhtml"))) {
            Page page = tab.page();
            assertThat(page.locator("#none")).containsText("./fourfold workflow install my-package");
            mark(page);
            Path home = folder.resolve("shown");
            server.json(0, "workflow", "init", home.toString(), "--json");
            server.json(0, "workflow", "install", home.toString(), "--json");
            Locator row = page.locator("#package-shown");
            assertThat(row).containsText("folder");
            assertThat(page.locator("#none")).hasCount(0);
            assertThat(isMarked(page)).isTrue();
            row.locator(".c-parts a").first().click();
            assertThat(page.locator("#workflow")).hasValue("shown");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void aRunningExecutionCompletesBeforeTheReadersEyes() {
        String id = begin("for i in 1 2 3 4 5 6; do echo line $i; sleep 1; done");
        try (Chromium.Tab tab = execution(id)) {
            assertThat(status(tab)).hasAttribute("data-status", "running", SOON);
            mark(tab.page());
            assertThat(status(tab)).hasAttribute("data-status", "completed", SOON);
            assertThat(status(tab)).hasText("Completed");
            assertThat(tab.page().locator("#log")).containsText("line 6");
            assertThat(tab.page().locator("#cancel")).hasCount(0);
            assertThat(isMarked(tab.page())).isTrue();
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void cancelIsAskedForAndThenForced() {
        String id = beginYielding();
        try (Chromium.Tab tab = execution(id)) {
            assertThat(tab.page().locator("#log")).containsText("Hello.");
            Locator cancel = tab.page().locator("#cancel");
            cancel.click();
            assertThat(tab.page().locator("#pending")).isVisible();
            assertThat(cancel).hasText("Stop the agent now");
            cancel.click();
            assertThat(status(tab)).hasAttribute("data-status", "cancelled", SOON);
            assertThat(cancel).hasCount(0);
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void aFailureNamesPhaseReasonExitCodeAndLastLines() {
        try (Chromium.Tab tab = execution(run(1, "echo the last words; exit 7"))) {
            assertThat(status(tab)).hasAttribute("data-status", "failed");
            Locator failure = tab.page().locator("#failure");
            assertThat(failure).containsText("only");
            assertThat(failure).containsText("7");
            assertThat(tab.page().locator("#failure-reason")).hasAttribute("data-reason", "task");
            assertThat(tab.page().locator("#failure-output")).containsText("the last words");
            assertThat(tab.page().locator("#retry")).isVisible();
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void everyPageFitsANarrowScreen() {
        String hello = server.json(0, "run", RunIT.example("hello"), "--task", "Say hello", "--json")
                .get("workflow_execution_id")
                .asText();
        for (String page : List.of("/", "/executions.xhtml", "/packages.xhtml", "/execution.xhtml?id=" + hello)) {
            try (Chromium.Tab tab = chromium.open(server.url("/dashboard" + page), NARROW_PIXELS, 740)) {
                assertThat(tab.page().locator("#page")).isVisible();
                assertThat((Integer) tab.page().evaluate("document.documentElement.scrollWidth"))
                        .as(page)
                        .isLessThanOrEqualTo(NARROW_PIXELS);
                assertThat(tab.complaints()).as(page).isEmpty();
            }
        }
    }

    @Test
    void theKeyboardReachesEveryButtonAndShowsWhereItIs() {
        String id = beginYielding();
        try (Chromium.Tab tab = execution(id)) {
            assertThat(tab.page().locator("#log")).containsText("Hello.");
            List<String> reached = new ArrayList<>();
            for (int i = 0; i < TABS_MAX && !reached.containsAll(List.of("pause", "cancel")); i++) {
                tab.page().keyboard().press("Tab");
                reached.add((String) tab.page().evaluate("document.activeElement.id"));
            }
            assertThat(reached).contains("nav-executions", "pause", "cancel");
            assertThat((String) tab.page().evaluate("getComputedStyle(document.activeElement).outlineStyle"))
                    .isNotEqualTo("none");
            tab.page().keyboard().press("Enter");
            assertThat(tab.page().locator("#pending")).isVisible();
            assertThat(tab.complaints()).isEmpty();
        } finally {
            server.post("/api/v1/executions/" + id + "/cancel", "application/json", "{\"force\":true}");
        }
    }

    @Test
    void anUnknownExecutionIsSaidToBeNone() {
        assertThat(server.get("/dashboard/execution.xhtml?id=exec-000000000000").statusCode())
                .isEqualTo(404);
        assertThat(server.get("/dashboard/").headers().firstValue("Content-Security-Policy"))
                .hasValueSatisfying(policy -> assertThat(policy).contains("default-src 'self'"));
    }

    private static Chromium.Tab overview() {
        return chromium.open(server.url("/dashboard/"));
    }

    private static Chromium.Tab execution(String id) {
        return chromium.open(server.url("/dashboard/execution.xhtml?id=" + id));
    }

    private static Locator status(Chromium.Tab tab) {
        return tab.page().locator("#status");
    }

    /** A reload would lose it. */
    private static void mark(Page page) {
        page.evaluate("window.neverReloaded = true");
    }

    private static boolean isMarked(Page page) {
        return Boolean.TRUE.equals(page.evaluate("window.neverReloaded === true"));
    }

    private static String run(int exit, String line) {
        return server.json(exit, "run", file(line), "--json")
                .get("workflow_execution_id")
                .asText();
    }

    /** One that shows a yield point, and so is ended at the next, not anywhere. */
    private static String beginYielding() {
        String said = """
                {"type":"assistant","message":{"id":"m1","role":"assistant",\
                "content":[{"type":"text","text":"Hello."}]}}""";
        return begin("\"echo '" + said.replace("\"", "\\\"") + "'; sleep 600\"");
    }

    private static String begin(String line) {
        return server.json(0, "run", file(line), "--detach", "--json")
                .get("execution_id")
                .asText();
    }

    private static String file(String line) {
        try {
            Path file = Files.createTempFile(folder, "workflow", ".yaml");
            String id = file.getFileName().toString().replace(".yaml", "");
            return Files.writeString(file, "id: " + id + "\nphases:\n  - id: only\n    run: " + line + "\n")
                    .toString();
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
