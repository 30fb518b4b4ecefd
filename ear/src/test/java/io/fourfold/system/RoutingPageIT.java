package io.fourfold.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
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

/** The pages Routing and Config in a real browser, on a server of its own that begins empty. */
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
    void aBrokenRuleIsRefusedWithItsPlaceAndTheOldOneStays() {
        rule("kept", "record.body.goal == 'Keep me'", NOWHERE);
        try (Chromium.Tab tab = config("?topic=routing_rule&name=kept&edit=true")) {
            Page page = tab.page();
            page.locator("#rule-expression").fill("record.act == 'DO' &&\n  nobody");
            page.locator("#check").click();
            assertThat(page.locator("#verdict-fault")).hasAttribute("data-field", "expression");
            assertThat(page.locator("#verdict-fault")).containsText("line 2, column 3");
            assertThat(page.locator("#verdict-caret")).hasText("record.act == 'DO' &&\n  nobody\n  ^");
            assertThat(page.locator("#put")).hasCount(0);
            assertThat(page.locator("#rule-body")).containsText("Keep me");

            learn(
                    "{\"topic\":\"routing_rule\",\"name\":\"kept\",\"expression\":\"record.act ==\",\"target\":\"did:x:y\"}");
            assertThat(page.locator("#refused")).containsText("default/kept");
            assertThat(page.locator("#refused")).containsText("The version before stays in force");
            assertThat(page.locator("#history [data-state=Refused]")).containsText("expression: ");
            assertThat(page.locator("#rule-body")).containsText("Keep me");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void aRuleIsWrittenAndRemovedAndThePastStillShowsIt() {
        try (Chromium.Tab tab = config("?topic=routing_rule&name=passing")) {
            Page page = tab.page();
            page.locator("#rule-name").fill("passing");
            page.locator("#rule-expression").fill("record.body.goal == 'first'");
            put(page);
            assertThat(page.locator("#rule-body")).containsText("'first'");
            page.locator("#rule-expression").fill("record.body.goal == 'second'");
            put(page);
            assertThat(page.locator("#rule-body")).containsText("'second'");

            page.locator("#change").focus();
            page.keyboard().press("ArrowLeft");
            assertThat(page.locator("#asof")).containsText("This is the past");
            assertThat(page.locator("#rule-body")).containsText("'first'");
            assertThat(page.locator("#remove")).hasCount(0);
            assertThat(page.evaluate("document.activeElement.id")).isEqualTo("change");
            page.keyboard().press("End");
            assertThat(page.locator("#rule-body")).containsText("'second'");

            page.locator("#remove").click();
            assertThat(page.locator("#answer")).containsText("removed");
            assertThat(page.locator("#rule-none")).isVisible();
            assertThat(page.locator("#history li")).hasCount(3);
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void aTimeShowsWhatWasInForceThen() {
        rule("then", "record.body.goal == 'old'", NOWHERE);
        JsonNode first = server.read("/api/v1/config/routing_rule/then/history")
                .get("records")
                .get(0);
        rule("then", "record.body.goal == 'new'", NOWHERE);
        String at = first.get("recorded_at").asText();
        try (Chromium.Tab tab = config("?topic=routing_rule&name=then&time=" + at)) {
            assertThat(tab.page().locator("#rule-body")).containsText("'old'");
            tab.page().locator("#now").click();
            assertThat(tab.page().locator("#rule-body")).containsText("'new'");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void anExpressionIsTriedAndItsFaultHasACaret() {
        String record = intend("th_tried", "Try me");
        try (Chromium.Tab tab = config("")) {
            Page page = tab.page();
            page.locator("#cel").fill("record.body.goal");
            page.locator("#about").fill(record);
            page.locator("#evaluate").click();
            assertThat(page.locator("#value")).containsText("\"Try me\"");
            page.locator("#cel").fill("record.act + nobody");
            page.locator("#evaluate").click();
            assertThat(page.locator("#caret")).hasText("record.act + nobody\n" + " ".repeat(13) + "^");
            assertThat(tab.complaints()).isEmpty();
        }
    }

    @Test
    void bothPagesFitANarrowScreen() {
        rule("narrow", "record.body.a_rather_long_name_of_a_field == 'a rather long text to compare it with'", NOWHERE);
        for (String path : List.of("/routing.xhtml", "/config.xhtml?topic=routing_rule&name=narrow")) {
            try (Chromium.Tab tab = chromium.open(server.url("/dashboard" + path), NARROW_PIXELS, 740)) {
                assertThat((Integer) tab.page().evaluate("document.documentElement.scrollWidth"))
                        .as(path)
                        .isLessThanOrEqualTo(NARROW_PIXELS);
                assertThat(tab.complaints()).as(path).isEmpty();
            }
        }
    }

    private static void put(Page page) {
        page.locator("#check").click();
        page.locator("#put").click();
        assertThat(page.locator("#answer")).containsText("in force");
        assertThat(page.locator("#put")).hasCount(0);
    }

    private static Chromium.Tab routing(String query) {
        return chromium.open(server.url("/dashboard/routing.xhtml" + query));
    }

    private static Chromium.Tab config(String query) {
        return chromium.open(server.url("/dashboard/config.xhtml" + query));
    }

    private static void rule(String name, String expression, String target) {
        server.json(0, "config", "add", "routing_rule", name, "expression=" + expression, "target=" + target, "--json");
    }

    private static void learn(String body) {
        String draft =
                "{\"act\":\"LEARN\",\"actor\":\"did:fourfold:user:bob\",\"thread\":\"th_engine_config\",\"body\":"
                        + body + "}";
        assertThat(server.post("/api/v1/records", "application/json", draft).statusCode())
                .isEqualTo(201);
    }

    /** The id of its record. */
    private static String intend(String thread, String goal, String... more) {
        List<String> words = new ArrayList<>(List.of("intend", "--thread", thread, "--goal", goal, "--json"));
        words.addAll(List.of(more));
        return server.json(0, words.toArray(String[]::new)).get("id").asText();
    }
}
