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
import java.util.Optional;

/** Answers 403 to what a foreign web page makes a browser ask; before every page and every resource. */
public class OriginGate extends HttpFilter {

    private static final long serialVersionUID = 1L;

    private transient Origins origins;

    @Override
    public void init() {
        origins = new Origins(Configuration.text(Settings.HOSTS));
    }

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<String> refusal =
                origins.refusal(request.getMethod(), request.getHeader("Host"), request.getHeader("Origin"));
        if (refusal.isPresent()) {
            refuse(response, refusal.get());
        } else {
            chain.doFilter(request, response);
        }
    }

    private static void refuse(HttpServletResponse response, String why) throws IOException {
        String problem = JsonNodeFactory.instance
                .objectNode()
                .put("type", "about:blank")
                .put("title", "Forbidden")
                .put("status", HttpServletResponse.SC_FORBIDDEN)
                .put("code", "FOREIGN_ORIGIN")
                .put("detail", why)
                .toString();
        response.setStatus(HttpServletResponse.SC_FORBIDDEN);
        response.setContentType("application/problem+json");
        response.getOutputStream().write(problem.getBytes(StandardCharsets.UTF_8));
    }
}
