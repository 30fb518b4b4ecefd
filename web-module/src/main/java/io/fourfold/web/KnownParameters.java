package io.fourfold.web;

import io.fourfold.log.Refusal;
import jakarta.annotation.Priority;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerRequestFilter;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.ext.Provider;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** Refuses a query parameter that the resource does not take: nothing a request carries is accepted and ignored. */
@Provider
@Priority(Priorities.ENTITY_CODER)
public class KnownParameters implements ContainerRequestFilter {

    private final Map<Method, List<String>> byMethod = new ConcurrentHashMap<>();

    @Context
    ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getUriInfo().getRequestUri().getRawQuery() == null) {
            return;
        }
        if (request.getUriInfo().getQueryParameters().values().toString().indexOf('\0') >= 0) {
            request.abortWith(Problem.of(
                    Refusal.of(Refusal.Code.INVALID_INPUT, "query: expected text without U+0000, but there is one")));
            return;
        }
        List<String> known = byMethod.computeIfAbsent(resource.getResourceMethod(), KnownParameters::known);
        request.getUriInfo().getQueryParameters().keySet().stream()
                .filter(given -> !known.contains(given))
                .findFirst()
                .ifPresent(given -> request.abortWith(Problem.of(Refusal.of(
                        Refusal.Code.INVALID_INPUT,
                        given + ": expected " + (known.isEmpty() ? "no parameters" : "one of " + known)
                                + ", but this one is unknown"))));
    }

    static List<String> known(Method method) {
        return Arrays.stream(method.getParameters())
                .filter(parameter -> parameter.isAnnotationPresent(QueryParam.class))
                .map(KnownParameters::name)
                .sorted()
                .toList();
    }

    private static String name(Parameter parameter) {
        return parameter.getAnnotation(QueryParam.class).value();
    }
}
