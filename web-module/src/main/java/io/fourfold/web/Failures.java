package io.fourfold.web;

import io.fourfold.door.Reply;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.LogUnavailable;
import io.fourfold.query.InvalidQuery;
import io.fourfold.query.sql.QueryTimeout;
import jakarta.ejb.EJBException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.util.logging.Level;
import java.util.logging.Logger;

/** Turns whatever went wrong into one shape of answer; what we did not expect is logged and stays inside. */
@Provider
public class Failures implements ExceptionMapper<Throwable> {

    private static final Logger LOG = Logger.getLogger(Failures.class.getName());

    @Override
    public Response toResponse(Throwable thrown) {
        if (thrown instanceof EJBException wrapped && wrapped.getCause() != null) {
            return toResponse(wrapped.getCause());
        }
        if (thrown instanceof Refused refused) {
            return Problem.of(refused.refusal());
        }
        if (thrown instanceof InvalidRecord invalid) {
            return Problem.of(invalid.refusal());
        }
        if (thrown instanceof InvalidQuery invalid) {
            return Problem.of(invalid.refusal());
        }
        if (thrown instanceof QueryTimeout slow) {
            return Problem.of(slow.refusal());
        }
        if (thrown instanceof LogUnavailable gone) {
            return Problem.of(gone.refusal());
        }
        if (thrown instanceof WebApplicationException web) {
            int status = web.getResponse().getStatus();
            return status < 400 ? web.getResponse() : Problem.of(status, "HTTP_" + status, web.getMessage());
        }
        LOG.log(Level.SEVERE, "Unexpected failure", thrown);
        return Problem.of(Reply.internal());
    }
}
