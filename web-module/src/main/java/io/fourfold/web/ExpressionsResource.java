package io.fourfold.web;

import com.fasterxml.jackson.databind.JsonNode;
import io.fourfold.engine.Moment;
import io.fourfold.expression.Bindings;
import io.fourfold.expression.Context;
import io.fourfold.expression.Expression;
import io.fourfold.expression.ExpressionFailure;
import io.fourfold.expression.ExpressionFault;
import io.fourfold.expression.Expressions;
import io.fourfold.expression.Facts;
import io.fourfold.fleet.FleetControl;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.log.Refusal;
import io.fourfold.trust.Trust;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Clock;
import java.util.Map;

/** Trying out expressions: whether configuration would take one, and what it comes to. */
@ApplicationScoped
@Path("expressions")
@Consumes(MediaType.APPLICATION_JSON)
public class ExpressionsResource {

    @Inject
    Expressions expressions;

    @Inject
    Log log;

    @Inject
    FleetControl fleet;

    @Inject
    Trust trust;

    @Inject
    Clock clock;

    @Inject
    Visit visit;

    record CheckForm(String context, String expression) {}

    record EvalForm(String context, String expression, JsonNode bindings) {}

    record Fault(String message, int line, int column) {}

    /** {@code error} is null when it is ok. */
    record Checked(boolean ok, Fault error) {}

    /** {@code value} may be null: an expression can come to that. */
    record Value(Object value) {}

    /** Whether it is a condition that configuration would take. */
    @POST
    @Path("check")
    public Response check(String body) {
        CheckForm form = Body.read(body, CheckForm.class);
        Context context = context(form.context());
        try {
            expressions.compile(context, Body.required("expression", form.expression()));
            return Answer.ok(new Checked(true, null));
        } catch (ExpressionFault fault) {
            return Answer.ok(new Checked(false, new Fault(fault.reason(), fault.line(), fault.column())));
        }
    }

    /** What it comes to, of any type; the functions answer as of now, from what the caller may read. */
    @POST
    @Path("eval")
    public Response eval(String body, @HeaderParam(Caller.HEADER) String actor) {
        EvalForm form = Body.read(body, EvalForm.class);
        Context context = context(form.context());
        Map<String, Object> variables = variables(context, form.bindings());
        try {
            Expression expression = expressions.formula(context, Body.required("expression", form.expression()));
            return Answer.ok(new Value(expression.value(variables, facts(actor))));
        } catch (ExpressionFault fault) {
            throw new Refused(new Refusal(
                    Refusal.Code.INVALID_INPUT,
                    "expression: " + fault.getMessage(),
                    Map.of("reason", fault.reason(), "line", fault.line(), "column", fault.column())));
        } catch (ExpressionFailure failure) {
            throw new Refused(Refusal.Code.INVALID_INPUT, "expression: " + failure.getMessage());
        }
    }

    private Facts facts(String actor) {
        return new Moment(
                log, trust, fleet.current(), clock.instant(), Caller.of(actor), Entry.DEFAULT_NAMESPACE, visit::reads);
    }

    private static Context context(String wire) {
        return Context.of(Body.required("context", wire))
                .orElseThrow(() -> Body.wrong("context", "one of " + Context.names() + ", but was " + wire));
    }

    private static Map<String, Object> variables(Context context, JsonNode bindings) {
        if (bindings == null || bindings.isNull()) {
            return Map.of();
        }
        if (!bindings.isObject()) {
            throw Body.wrong("bindings", "an object, but was of type " + bindings.getNodeType());
        }
        try {
            return Bindings.of(context, bindings);
        } catch (IllegalArgumentException wrong) {
            throw new Refused(Refusal.Code.INVALID_INPUT, "bindings." + wrong.getMessage());
        }
    }
}
