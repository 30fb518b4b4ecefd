package io.fourfold.web;

import io.fourfold.container.OriginGate;
import jakarta.servlet.annotation.WebFilter;

/** Keeps foreign web pages out of the resources. */
@WebFilter(urlPatterns = "/*", asyncSupported = true)
public final class Gate extends OriginGate {

    private static final long serialVersionUID = 1L;
}
