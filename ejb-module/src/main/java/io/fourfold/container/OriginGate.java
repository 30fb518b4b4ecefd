package io.fourfold.container;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.fourfold.engine.Origins;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/**
 * Before every page and every resource: answers 403 to what a foreign web page makes a browser ask, and 503 where this
 * server is not there for callers.
 */
public class OriginGate extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private transient Origins origins;
    private boolean answers;

    @Override
    public void init() {
        answers = Configuration.role().answers();
        origins = new Origins(Configuration.text(Settings.HOSTS));
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<String> refusal =
                origins.refusal(request.getMethod(), request.getHeader("Host"), request.getHeader("Origin"));
        if (refusal.isPresent()) {
            refuse(response, HttpServletResponse.SC_FORBIDDEN, "Forbidden", "FOREIGN_ORIGIN", refusal.get());
        } else if (!answers && !isHealth(request)) {
            refuse(
                    response,
                    HttpServletResponse.SC_SERVICE_UNAVAILABLE,
                    "Service Unavailable",
                    "UNAVAILABLE",
                    "Expected a server with the role api or all, but " + Instance.name() + " has the role "
                            + Instance.role() + " and answers only its health");
        } else {
            chain.doFilter(request, response);
        }
    }

    private static boolean isHealth(HttpServletRequest request) {
        return List.of("/health", "/v1/health")
                .contains(request.getRequestURI()
                        .substring(request.getContextPath().length()));
    }

    private static void refuse(HttpServletResponse response, int status, String title, String code, String why)
            throws IOException {
        String problem = JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", title)
                .put("status", status)
                .put("code", code)
                .put("detail", why)
                .toString();
        response.setStatus(status);
        response.setContentType("application/problem+json");
        response.getOutputStream().write(problem.getBytes(StandardCharsets.UTF_8));
    }
}
