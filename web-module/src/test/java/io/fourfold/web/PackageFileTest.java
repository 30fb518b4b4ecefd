package io.fourfold.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PackageFileTest {

    @ParameterizedTest
    @ValueSource(strings = {"", "/etc/x", "../x", "a/../../b", "a//b", "./a", "a/.git/config", "a\u0000", "a\\b", "a/"})
    void aPathThatLeavesThePackageIsRefused(String path) {
        assertThatThrownBy(() -> PackageFile.decoded(Map.of(path, "eA==")))
                .isInstanceOfSatisfying(
                        Refused.class,
                        refused -> assertThat(refused.refusal().message()).startsWith("files: expected a path"));
    }

    @Test
    void oneInsideIsTaken() {
        assertThat(PackageFile.decoded(Map.of("prompts/..x/.a b.md", "eA=="))).containsOnlyKeys("prompts/..x/.a b.md");
    }
}
