package io.fourfold.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** The page Routing in a real browser, on a server of its own that begins empty. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class RoutingPageIT {

    private static final int NARROW_PIXELS = 360;
    private static final LocatorAssertions.ContainsTextOptions SOON =
            new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);
    private static final LocatorAssertions.IsVisibleOptions VISIBLE_SOON =
            new LocatorAssertions.IsVisibleOptions().setTimeout(60_000);
    private static final String NOWHERE = "did:fourfold:workflow:nowhere";

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
    void anEmptyPageSaysWhatToDoAndFillsWithoutAReload() {
        try (Chromium.Tab tab = routing("")) {
            Page page = tab.page();
            assertThat(page.locator("#welcome")).containsText("./fourfold intend");
            assertThat(page.locator("#unrouted")).containsText("write a routing rule");
            page.evaluate("window.neverReloaded = true");
            intend("th_first", "Water the plants");
            assertThat(page.locator("#unrouted")).containsText("Water the plants", SOON);
            assertThat(page.locator("#welcome")).hasCount(0);
            assertThat(page.evaluate("window.neverReloaded")).isEqualTo(true);
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void aTraceShowsSixStepsAndTheOneThatDecided() {
        rule("traced", "record.body.goal == 'Trace me'", NOWHERE);
        intend("th_traced", "Trace me");
        try (Chromium.Tab tab = routing("")) {
            Page page = tab.page();
            Locator row = page.locator("#dispatches tr", new Page.LocatorOptions().setHasText("Trace me"));
            assertThat(row).isVisible(VISIBLE_SOON);
            row.locator(".title").click();
            assertThat(page.locator("#trace .step")).hasCount(6);
            assertThat(page.locator("#trace [data-outcome=hit]")).hasAttribute("data-step", "routing_rule");
            assertThat(page.locator("#trace [data-step=explicit_target]")).containsText("the body has no to");
            assertThat(page.locator("#trace [data-step=trust]")).hasAttribute("data-outcome", "off");
            page.locator("#trace .decision a").click();
            assertThat(page.locator("#rule-body")).containsText("record.body.goal == 'Trace me'");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void dispatchesAreFilteredByStatusAndByTheStepThatDecided() {
        intend("th_alone", "Nobody takes this");
        intend("th_addressed", "Somebody takes this", "--to", "did:fourfold:user:alice");
        try (Chromium.Tab tab = routing("")) {
            Page page = tab.page();
            assertThat(page.locator("#dispatches")).containsText("Somebody takes this", SOON);
            page.locator("[data-choice='Explicit target']").click();
            assertThat(page.locator("#dispatches")).containsText("Somebody takes this");
            assertThat(page.locator("#dispatches [data-status=unrouted]")).hasCount(0);
            page.navigate(server.url("/dashboard/routing.xhtml?status=unrouted"));
            assertThat(page.locator("#dispatches")).containsText("Nobody takes this");
            assertThat(page.locator("[data-choice='Left to people']")).hasAttribute("aria-current", "true");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void aDraftIsPredictedAndNotStored() {
        rule("predicted", "record.body.goal == 'Predict me'", NOWHERE);
        try (Chromium.Tab tab = routing("")) {
            Page page = tab.page();
            page.locator("#thread").fill("th_unstored");
            page.locator("#body").fill("{\"goal\": \"Predict me\"}");
            page.keyboard().press("Control+Enter");
            assertThat(page.locator("#prediction .did")).hasAttribute("data-target", NOWHERE);
            assertThat(page.locator("#prediction [data-outcome=hit]")).hasAttribute("data-step", "routing_rule");

            page.locator("#actor").fill("alice");
            assertThat(page.locator("#prediction .step")).hasCount(0);
            page.locator("#predict").click();
            assertThat(page.locator("#prediction-fault")).hasAttribute("data-field", "actor");
            page.locator("#actor").fill("did:fourfold:user:alice");
            page.locator("#body").fill("{\"goal\": ");
            page.locator("#predict").click();
            assertThat(page.locator("#prediction-fault")).hasAttribute("data-field", "body.goal");
            assertThat(server.get("/api/v1/threads/th_unstored").statusCode()).isEqualTo(404);
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void aProposalIsEditedPreviewedAndApproved() {
        intend("th_proposed", "Decide about me");
        String asked = know("{\"awaits\":\"actor_decision\",\"question\":\"Route them?\",\"proposal\":{"
                + "\"topic\":\"routing_rule\",\"name\":\"proposed\",\"target\":\"" + NOWHERE
                + "\",\"expression\":\"record.body.goal == 'Nothing'\"}}");
        try (Chromium.Tab tab = routing("")) {
            Page page = tab.page();
            page.locator("#ask-" + asked + " a").click();
            page.locator("#rule-expression").fill("record.body.goal == 'Decide about me'");
            page.locator("#preview-it").click();
            assertThat(page.locator("#seen")).containsText("It would have matched 1 of the latest");
            assertThat(page.locator(".matches")).containsText("Decide about me");
            page.locator("#approve").click();
            assertThat(page.locator("#answer")).containsText("approved");
            assertThat(page.locator("#ask-" + asked)).hasCount(0);
            assertThat(page.locator("#decision")).hasCount(0);
            page.navigate(server.url("/dashboard/config.xhtml?name=proposed"));
            assertThat(page.locator("#rule-body")).containsText("Decide about me");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void thePageFitsANarrowScreen() {
        try (Chromium.Tab tab = chromium.open(server.url("/dashboard/routing.xhtml"), NARROW_PIXELS, 740)) {
            assertThat((Integer) tab.page().evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(NARROW_PIXELS);
            assertThat(tab.complaints()).isEmpty();
        }
    }

    private static Chromium.Tab routing(String query) {
        return chromium.open(server.url("/dashboard/routing.xhtml" + query));
    }

    private static void rule(String name, String expression, String target) {
        server.json(0, "config", "add", "routing_rule", name, "expression=" + expression, "target=" + target, "--json");
    }

    /** The id of a record on the thread of decisions. */
    private static String know(String body) {
        String draft = "{\"act\":\"KNOW\",\"actor\":\"did:fourfold:user:bob\",\"thread\":\"th_decisions\",\"body\":"
                + body + "}";
        return TestServer.parse(server.post("/api/v1/records", "application/json", draft)
                        .body())
                .get("id")
                .asText();
    }

    /** The id of its record. */
    private static String intend(String thread, String goal, String... more) {
        List<String> words = new ArrayList<>(List.of("intend", "--thread", thread, "--goal", goal, "--json"));
        words.addAll(List.of(more));
        return server.json(0, words.toArray(String[]::new)).get("id").asText();
    }
}
