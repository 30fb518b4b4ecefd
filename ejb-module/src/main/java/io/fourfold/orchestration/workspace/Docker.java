package io.fourfold.orchestration.workspace;

import com.github.dockerjava.api.DockerClient;
import com.github.dockerjava.api.exception.NotFoundException;
import com.github.dockerjava.core.DefaultDockerClientConfig;
import com.github.dockerjava.core.DockerClientConfig;
import com.github.dockerjava.core.DockerClientImpl;
import com.github.dockerjava.zerodep.ZerodepDockerHttpClient;
import java.time.Duration;

/** The way to a Docker engine. */
public final class Docker {

    /** Enough for a hundred agents whose logs are followed, and the calls between. */
    private static final int CONNECTIONS_MAX = 256;

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);

    private Docker() {}

    /** A client; {@code host} as in {@code DOCKER_HOST}, or null for what the environment names. Asks nothing yet. */
    public static DockerClient client(String host) {
        DefaultDockerClientConfig.Builder builder = DefaultDockerClientConfig.createDefaultConfigBuilder();
        DockerClientConfig config =
                host == null ? builder.build() : builder.withDockerHost(host).build();
        return DockerClientImpl.getInstance(
                config,
                new ZerodepDockerHttpClient.Builder()
                        .dockerHost(config.getDockerHost())
                        .sslConfig(config.getSSLConfig())
                        .maxConnections(CONNECTIONS_MAX)
                        .connectionTimeout(CONNECT_TIMEOUT)
                        .build());
    }

    public static boolean answers(DockerClient docker) {
        try {
            docker.pingCmd().exec();
            return true;
        } catch (RuntimeException unreachable) {
            return false;
        }
    }

    public static boolean has(DockerClient docker, String image) {
        try {
            docker.inspectImageCmd(image).exec();
            return true;
        } catch (NotFoundException missing) {
            return false;
        }
    }
}
