package io.fourfold.repository;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryNameTest {

    @ParameterizedTest
    @CsvSource({
        "octo/hello, octo/hello",
        "https://github.com/octo/hello, octo/hello",
        "https://github.com/octo/hello.git, octo/hello",
        "https://x-token:abc@github.com/octo/hello.git/, octo/hello",
        "git@github.com:octo/hello.git, octo/hello",
        "ssh://git@github.com/octo/hello.git, octo/hello",
        "https://git.example.com/a/b.git, https://git.example.com/a/b",
        "/srv/git/hello.git, /srv/git/hello",
        "file:///srv/git/hello, file:///srv/git/hello"
    })
    void oneRepositoryHasOneName(String written, String name) {
        assertThat(RepositoryName.of(written)).contains(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "hello", "two words", "a/b/c", "main", "octo/hello world"})
    void whatIsNoRepositoryHasNone(String written) {
        assertThat(RepositoryName.of(written)).isEmpty();
    }
}
