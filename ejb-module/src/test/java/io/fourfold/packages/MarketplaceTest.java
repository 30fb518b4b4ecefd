package io.fourfold.packages;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.orchestration.workflow.Problem;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MarketplaceTest {

    private static final String GOOD = """
            {
            \t"name": "Acme",
            \t"packages": [
            \t\t{"name": "triage", "source": "acme/triage", "ref": "v2", "description": "Sorts Issues",
            \t\t "version": "2.0.0", "tags": ["github", "bugs"]},
            \t\t{"name": "plain", "source": "https://example.org/plain.git"}
            \t]
            }
            """;

    @Test
    void tabsAndWhatIsNotSaidAreRead() {
        Marketplace read = ((Marketplace.Result.Read) Marketplace.read(GOOD)).marketplace();
        assertThat(read.name()).isEqualTo("Acme");
        assertThat(read.packages())
                .containsExactly(
                        new Marketplace.Listed(
                                "triage", "acme/triage", "v2", "Sorts Issues", "2.0.0", List.of("github", "bugs")),
                        new Marketplace.Listed("plain", "https://example.org/plain.git", null, null, null, List.of()));
    }

    @ParameterizedTest
    @CsvSource({"triage, true", "SORTS bugs, true", "hub, true", "'', true", "sorts money, false"})
    void itIsAboutWordsThatAreAllSomewhere(String words, boolean about) {
        Marketplace read = ((Marketplace.Result.Read) Marketplace.read(GOOD)).marketplace();
        assertThat(read.packages().getFirst().isAbout(words)).isEqualTo(about);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"name": "a", "packages": [], "owner": 1}              | marketplace.json:1:31: owner: expected a known
            {"name": "a"}                                          | marketplace.json:1:1: packages: expected a value
            {"name": "a", "packages": [{"name": "b"}]}             | marketplace.json:1:28: packages[0].source: expected
            {"name": "a", "packages": [{"name": "b/c", "source": "b/c"}]} | marketplace.json:1:37: packages[0].name: exp
            {"name": "a", "packages": [                            | marketplace.json:1:28: expected YAML, but
            """)
    void whatIsWrongIsNamedWithItsPlace(String text, String expected) {
        List<Problem> problems = ((Marketplace.Result.Broken) Marketplace.read(text)).problems();
        assertThat(problems).singleElement().satisfies(problem -> assertThat(problem.text())
                .startsWith(expected));
    }
}
