package io.fourfold.system;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The page Config in a real browser. */
class ConfigPageIT {

    private static final int NARROW_PIXELS = 360;
    private static final String NOWHERE = "did:fourfold:workflow:nowhere";

    private static Chromium chromium;
    private static TestServer server;

    @BeforeAll
    static void start() {
        chromium = Chromium.start();
        server = TestServer.shared();
    }

    @AfterAll
    static void stop() {
        if (chromium != null) {
            chromium.close();
        }
    }

    @AfterEach
    void tidyUp() {
        for (String name : new String[] {"kept", "passing", "then", "narrow"}) {
            server.cli("config", "remove", "routing_rule", name);
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
        String record = server.json(
                        0,
                        "intend",
                        "--thread",
                        "th_tried",
                        "--goal",
                        "Try me",
                        "--to",
                        "did:fourfold:user:alice",
                        "--json")
                .get("id")
                .asText();
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
    void thePageFitsANarrowScreen() {
        rule("narrow", "record.body.a_rather_long_name_of_a_field == 'a rather long text to compare it with'", NOWHERE);
        String path = "/dashboard/config.xhtml?topic=routing_rule&name=narrow";
        try (Chromium.Tab tab = chromium.open(server.url(path), NARROW_PIXELS, 740)) {
            assertThat((Integer) tab.page().evaluate("document.documentElement.scrollWidth"))
                    .isLessThanOrEqualTo(NARROW_PIXELS);
            assertThat(tab.complaints()).isEmpty();
        }
    }

    private static void put(Page page) {
        page.locator("#check").click();
        page.locator("#put").click();
        assertThat(page.locator("#answer")).containsText("in force");
        assertThat(page.locator("#put")).hasCount(0);
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
}
