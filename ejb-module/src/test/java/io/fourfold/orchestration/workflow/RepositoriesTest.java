package io.fourfold.orchestration.workflow;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.orchestration.workflow.Repositories.Repo;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class RepositoriesTest {

    private static final WorkflowDefinition PLAIN = Yaml.good(Yaml.SAMPLE);
    private static final WorkflowDefinition FILLED = Yaml.good(
            Yaml.SAMPLE
                    + "inputs: [{name: repo}, {name: ref}]\nrepository: {url: '{{repo}}', ref: '{{ref}}'}\nrequires_repos: true\n");

    @ParameterizedTest
    @CsvSource({
        "octo/hello, repos/octo__hello",
        "https://example.org/octo/hello.git, repos/octo__hello",
        "git@github.com:octo/hello.git, repos/octo__hello",
        "/tmp/some/where/hello, repos/where__hello",
        "file:///srv/git/hello/, repos/git__hello",
        "/one, repos/one",
        "https://example.org/a/b%20c, repos/a__b_20c",
        "/tmp/../.ssh, repos/____ssh"
    })
    void itLiesInAFolderNamedAfterItsLastTwoNames(String url, String folder) {
        assertThat(Repositories.folder(url)).isEqualTo(folder);
    }

    @Test
    void inputsAreFilledInAndShortNamesAreOnGithub() {
        assertThat(Repositories.resolve(FILLED, Map.of("repo", "octo/hello", "ref", "v1"), List.of("/srv/git/more")))
                .isEqualTo(new Repositories.Result.Resolved(List.of(
                        new Repo("https://github.com/octo/hello.git", "v1", "repos/octo__hello"),
                        new Repo("/srv/git/more", null, "repos/git__more"))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--upload-pack=touch x",
                "ext::sh -c touch% x",
                "",
                "octo",
                "../x",
                "https://-x/y",
                "-x/y",
                "a/b\nc"
            })
    void whatGitCouldTakeForSomethingElseIsRefused(String repository) {
        assertThat(Repositories.resolve(PLAIN, Map.of(), List.of(repository)))
                .isInstanceOf(Repositories.Result.Refused.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"-b", "", "a b", "a..b", "a:b"})
    void aRefMustLookLikeOne(String ref) {
        assertThat(Repositories.resolve(FILLED, Map.of("repo", "octo/hello", "ref", ref), List.of()))
                .isInstanceOf(Repositories.Result.Refused.class);
    }

    @Test
    void twoRepositoriesOfOneFolderAreRefusedAndTheSameTwiceIsOne() {
        assertThat(Repositories.resolve(PLAIN, Map.of(), List.of("octo/hello", "https://example.org/octo/hello")))
                .isInstanceOf(Repositories.Result.Refused.class);
        assertThat(Repositories.resolve(PLAIN, Map.of(), List.of("octo/hello", "octo/hello")))
                .isEqualTo(new Repositories.Result.Resolved(
                        List.of(new Repo("https://github.com/octo/hello.git", null, "repos/octo__hello"))));
    }

    @Test
    void aWorkflowThatRequiresRepositoriesIsRefusedWithoutOne() {
        WorkflowDefinition requires = Yaml.good(Yaml.SAMPLE + "requires_repos: true\n");

        assertThat(Repositories.resolve(requires, Map.of(), List.of())).isInstanceOf(Repositories.Result.Refused.class);
        assertThat(Repositories.resolve(PLAIN, Map.of(), List.of()))
                .isEqualTo(new Repositories.Result.Resolved(List.of()));
    }
}
