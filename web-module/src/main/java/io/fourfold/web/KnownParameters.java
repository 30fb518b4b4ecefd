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
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Refuses a query parameter that the resource does not take, and a number or a flag that is none: nothing a request
 * carries is accepted and ignored.
 */
@Provider
@Priority(Priorities.ENTITY_CODER)
public class KnownParameters implements ContainerRequestFilter {

    /** They count from 1, all other numbers from 0. */
    private static final Set<String> FROM_ONE = Set.of("page", "page_size", "limit");

    private static final Set<Class<?>> NUMBERS = Set.of(int.class, long.class, Long.class);

    private final Map<Method, Map<String, Class<?>>> byMethod = new ConcurrentHashMap<>();

    @Context
    ResourceInfo resource;

    @Override
    public void filter(ContainerRequestContext request) {
        if (request.getUriInfo().getRequestUri().getRawQuery() == null) {
            return;
        }
        Map<String, Class<?>> known = byMethod.computeIfAbsent(resource.getResourceMethod(), KnownParameters::known);
        fault(request.getUriInfo().getQueryParameters(), known)
                .ifPresent(fault -> request.abortWith(Problem.of(Refusal.of(Refusal.Code.INVALID_INPUT, fault))));
    }

    static Optional<String> fault(Map<String, List<String>> given, Map<String, Class<?>> known) {
        if (given.values().toString().indexOf('\0') >= 0) {
            return Optional.of("query: expected text without U+0000, but there is one");
        }
        return given.entrySet().stream()
                .flatMap(parameter -> fault(parameter.getKey(), parameter.getValue(), known).stream())
                .findFirst();
    }

    private static Optional<String> fault(String name, List<String> values, Map<String, Class<?>> known) {
        Class<?> type = known.get(name);
        if (type == null) {
            return Optional.of(name + ": expected "
                    + (known.isEmpty() ? "no parameters" : "one of " + known.keySet())
                    + ", but this one is unknown");
        }
        return values.stream()
                .filter(value -> !fits(name, type, value))
                .findFirst()
                .map(value -> name + ": expected " + expected(name, type) + ", but was " + value);
    }

    private static boolean fits(String name, Class<?> type, String value) {
        if (type == boolean.class) {
            return value.equals("true") || value.equals("false");
        }
        return !NUMBERS.contains(type)
                || value.matches("\\d{1,19}")
                        && new BigInteger(value).compareTo(most(type)) <= 0
                        && (!FROM_ONE.contains(name) || !value.matches("0+"));
    }

    private static String expected(String name, Class<?> type) {
        return type == boolean.class
                ? "true or false"
                : "a whole number from " + (FROM_ONE.contains(name) ? 1 : 0) + " to " + most(type);
    }

    private static BigInteger most(Class<?> type) {
        return BigInteger.valueOf(type == int.class ? Integer.MAX_VALUE : Long.MAX_VALUE);
    }

    /** Each with its type: text, a flag or a number. */
    static Map<String, Class<?>> known(Method method) {
        Map<String, Class<?>> known = new TreeMap<>();
        for (Parameter parameter : method.getParameters()) {
            QueryParam query = parameter.getAnnotation(QueryParam.class);
            if (query != null) {
                known.put(query.value(), parameter.getType());
            }
        }
        return known;
    }
}
