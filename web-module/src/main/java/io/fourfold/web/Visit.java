package io.fourfold.web;

import io.fourfold.engine.Inlet;
import io.fourfold.log.Append;
import io.fourfold.log.Entry;
import io.fourfold.log.Receipt;
import io.fourfold.query.Filter;
import io.fourfold.token.Rights;
import io.fourfold.token.Scope;
import jakarta.enterprise.context.RequestScoped;
import java.util.Objects;
import java.util.function.Function;

/** One request's rights, set by {@link Permissions}; without them nothing is shown and nothing taken. */
@RequestScoped
public class Visit {

    private Rights rights;

    void begin(Rights found) {
        rights = found;
    }

    public Rights rights() {
        return Objects.requireNonNull(rights, "A request without rights");
    }

    /** What may be shown of the log. */
    public Filter visible() {
        return rights().visible();
    }

    public boolean sees(Entry entry) {
        return rights().sees(entry.namespace());
    }

    /** Whether it may be read by itself, or through what is told of it elsewhere. */
    public boolean reads(Entry entry) {
        return rights().has(Scope.RECORDS_READ) && sees(entry);
    }

    /** The same for what a resource writes in this caller's name. */
    public Function<Append, Receipt> door(Inlet all) {
        return inlet(all)::admit;
    }

    /** The door as it stands open for this caller. */
    public Inlet inlet(Inlet all) {
        return all.under(rights());
    }
}
