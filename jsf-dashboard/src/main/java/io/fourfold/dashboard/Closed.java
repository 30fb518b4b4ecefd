package io.fourfold.dashboard;

import io.fourfold.config.EngineConfigs;
import io.fourfold.container.Configuration;
import jakarta.inject.Inject;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Where a token is asked for the dashboard is shut: a browser has none to show. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public final class Closed extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Inject
    transient EngineConfigs configs;

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (Configuration.tokensOnly() || configs.current().authRequired()) {
            response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
            response.setContentType("text/plain;charset=UTF-8");
            response.getWriter().println("This server asks for a token: use the command line or the API.");
        } else {
            chain.doFilter(request, response);
        }
    }
}
