package io.fourfold.web;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.PreMatching;
import jakarta.ws.rs.core.UriInfo;
import jakarta.ws.rs.ext.Provider;
import java.net.URI;

/** {@code /api/v1/x} is {@code /api/x}. */
@Provider
@PreMatching
public class VersionPrefix implements ContainerRequestFilter {

    private static final String PREFIX = "v1/";

    @Override
    public void filter(ContainerRequestContext request) {
        UriInfo uri = request.getUriInfo();
        String path = uri.getPath(false).replaceFirst("^/+", "");
        if (path.startsWith(PREFIX) || path.equals("v1")) {
            String rest = path.equals("v1") ? "" : path.substring(PREFIX.length());
            String query = uri.getRequestUri().getRawQuery();
            URI inner = URI.create(uri.getBaseUri() + rest + (query == null ? "" : "?" + query));
            request.setRequestUri(uri.getBaseUri(), inner);
        }
    }
}
