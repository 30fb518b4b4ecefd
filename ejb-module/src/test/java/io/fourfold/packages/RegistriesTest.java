package io.fourfold.packages;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fourfold.config.ConfigDesk;
import io.fourfold.config.EngineConfigs;
import io.fourfold.config.Topic;
import io.fourfold.expression.Expressions;
import io.fourfold.kit.HandClock;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Receipt;
import io.fourfold.log.Refusal;
import io.fourfold.log.memory.MemoryLog;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** With local repositories and the machine's real git. */
class RegistriesTest {

    private static final Did ALICE = new Did("did:fourfold:user:alice");

    @TempDir
    Path folder;

    private final MemoryLog log = new MemoryLog(Clock.systemUTC());
    private final EngineConfigs configs = new EngineConfigs(log, new Expressions());
    private final HandClock clock = new HandClock(Instant.parse("2026-03-01T12:00:00Z"));
    private Registries registries;

    private Receipt append(Append append) {
        return log.append(List.of(append)).getFirst();
    }

    @BeforeEach
    void make() {
        registries = new Registries(configs, new GitSource(folder.resolve("fetched")), () -> true, clock);
    }

    private void add(String name, Path repository) {
        new ConfigDesk(configs, log)
                .add(
                        Topic.PACKAGE_REGISTRY,
                        JsonNodeFactory.instance.objectNode().put("name", name).put("url", "file://" + repository),
                        ALICE,
                        this::append);
    }

    private static String listing(String... namesAndSources) {
        StringBuilder packages = new StringBuilder();
        for (int i = 0; i < namesAndSources.length; i += 2) {
            packages.append(packages.isEmpty() ? "" : ",")
                    .append("{\"name\": \"%s\", \"source\": \"%s\"}"
                            .formatted(namesAndSources[i], namesAndSources[i + 1]));
        }
        return "{\"name\": \"A registry\", \"packages\": [" + packages + "]}";
    }

    private List<String> names(Registries.Offers offers) {
        return offers.offers().stream()
                .map(offer -> offer.registry() + "/" + offer.listed().name())
                .toList();
    }

    @Test
    void allRegistriesAreSearchedAndOneThatCannotBeReadSaysWhy() throws Exception {
        Trees.commit(folder.resolve("a"), "marketplace.json", listing("triage", "acme/triage"));
        Trees.commit(folder.resolve("b"), "marketplace.json", listing("report", "beta/report"));
        Trees.commit(folder.resolve("c"), "marketplace.json", "{}");
        Trees.commit(folder.resolve("d"), "README.md", "nothing");
        for (String name : List.of("a", "b", "c", "d", "e")) {
            add(name, folder.resolve(name));
        }
        Registries.Offers offers = registries.search("", false);
        assertThat(names(offers)).containsExactly("a/triage", "b/report");
        assertThat(offers.unread()).extracting(Registries.Unread::registry).containsExactly("c", "d", "e");
        assertThat(offers.unread().get(0).reason()).startsWith("marketplace.json:1:1: ");
        assertThat(offers.unread().get(1).reason()).isEqualTo("expected a marketplace.json, but there is none");
        assertThat(offers.unread().get(2).reason()).contains("git says: ");
        assertThat(names(registries.search("port", false))).containsExactly("b/report");
    }

    @Test
    void whatWasReadIsKeptForAnHourUnlessItIsAskedForAgain() throws Exception {
        Trees.commit(folder.resolve("a"), "marketplace.json", listing("triage", "acme/triage"));
        add("a", folder.resolve("a"));
        assertThat(names(registries.search("", false))).containsExactly("a/triage");
        Trees.commit(folder.resolve("a"), "marketplace.json", listing("newer", "acme/newer"));
        clock.pass(Registries.CACHED.minusSeconds(1));
        assertThat(names(registries.search("", false))).containsExactly("a/triage");
        assertThat(names(registries.search("", true))).containsExactly("a/newer");
        Trees.commit(folder.resolve("a"), "marketplace.json", listing("newest", "acme/newest"));
        clock.pass(Duration.ofHours(1));
        assertThat(names(registries.search("", false))).containsExactly("a/newest");
    }

    @Test
    void aNameIsFoundEvenWhereItIsNewAndNotWhereTwoMeanDifferentThings() throws Exception {
        Trees.commit(folder.resolve("a"), "marketplace.json", listing("triage", "acme/triage"));
        add("a", folder.resolve("a"));
        assertThat(registries.find("newer", false)).isInstanceOf(Registries.Named.Refused.class);
        Trees.commit(folder.resolve("a"), "marketplace.json", listing("triage", "acme/triage", "newer", "acme/newer"));
        assertThat(registries.find("newer", false)).isInstanceOf(Registries.Named.Found.class);

        Trees.commit(folder.resolve("b"), "marketplace.json", listing("triage", "beta/triage", "newer", "acme/newer"));
        add("b", folder.resolve("b"));
        assertThat(registries.find("newer", false)).isInstanceOf(Registries.Named.Found.class);
        Refusal refusal = ((Registries.Named.Refused) registries.find("triage", false)).refusal();
        assertThat(refusal.code()).isEqualTo(Refusal.Code.AMBIGUOUS_ID);
        assertThat(refusal.details()).containsEntry("candidates", List.of("acme/triage", "beta/triage"));
    }
}
