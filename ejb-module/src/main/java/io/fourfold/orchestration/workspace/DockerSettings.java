package io.fourfold.orchestration.workspace;

/**
 * How containers are made.
 *
 * @param image    the workspace image
 * @param instance tells this server's containers from those of another one on the same engine
 * @param network  the network of places that may use one; the others have none
 * @param runtime  the engine's runtime, such as {@code runsc}; null for its own default
 */
public record DockerSettings(String image, String instance, String network, String runtime) {

    public static final String IMAGE = "fourfold/workspace:latest";
}
