package io.fourfold.orchestration.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.dockerjava.api.DockerClient;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspacesTest {

    @TempDir
    Path folder;

    @Test
    void withoutAnEngineAutoIsProcessesAndSaysSo() {
        Sandbox chosen = choose("auto", Docker.client("unix://" + folder.resolve("no.sock")), "any");
        assertThat(chosen.name()).isEqualTo("process");
        assertThat(chosen.warning()).isPresent();
    }

    @Test
    void withAnEngineAutoIsDockerWhereItHasTheImage() {
        DockerClient docker = TestDocker.withShellImage();
        assertThat(choose("auto", docker, TestDocker.SHELL_IMAGE).name()).isEqualTo("docker");
        assertThat(choose("auto", docker, TestDocker.SHELL_IMAGE).warning()).isEmpty();
        assertThat(choose("auto", docker, "fourfold-test/no-such-image").name()).isEqualTo("process");
    }

    @Test
    void anotherSettingIsRefusedByName() {
        assertThatThrownBy(() -> choose("podman", Docker.client(null), "any"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("podman");
    }

    private Sandbox choose(String setting, DockerClient docker, String image) {
        return Workspaces.choose(setting, folder, docker, new DockerSettings(image, "test", "bridge", null), List.of());
    }
}
