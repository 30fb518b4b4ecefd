package io.fourfold.web;

import io.fourfold.packages.Registries;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.DefaultValue;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Response;

/** What the registries offer; which there are is configuration of the topic {@code package_registry}. */
@ApplicationScoped
@Path("registries")
public class RegistriesResource {

    @Inject
    Registries registries;

    /** Packages with all words of {@code q}; with {@code refresh} the registries are read again first. */
    @GET
    @Path("packages")
    public Response search(
            @QueryParam("q") @DefaultValue("") String words,
            @QueryParam("refresh") @DefaultValue("false") boolean refresh) {
        return Answer.ok(PackageAnswers.found(registries.search(words, refresh)));
    }
}
