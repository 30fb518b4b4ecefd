package io.fourfold.web;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.ApplicationPath;
import jakarta.ws.rs.core.Application;
import org.eclipse.microprofile.openapi.annotations.OpenAPIDefinition;
import org.eclipse.microprofile.openapi.annotations.info.Info;

/** The REST application at {@code /api}; {@code /api/v1/…} is the same. */
@ApplicationScoped
@ApplicationPath("/")
@OpenAPIDefinition(
        info =
                @Info(
                        title = "Fourfold",
                        version = "1",
                        description = "Records, workflows, executions, sessions and artifacts. Base path /api/v1."))
public class Api extends Application {}
