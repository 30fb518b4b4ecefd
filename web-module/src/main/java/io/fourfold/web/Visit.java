package io.fourfold.web;

import io.fourfold.log.Drafts;
import io.fourfold.log.Entry;
import io.fourfold.log.InvalidRecord;
import io.fourfold.log.Refusal;
import io.fourfold.query.Filter;
import io.fourfold.token.Rights;
import jakarta.enterprise.context.RequestScoped;
import java.util.Objects;
import java.util.Optional;

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

    /** Why a record may not be written by this caller; what is no record is left to the door to refuse. */
    public Optional<Refusal> refusal(byte[] record) {
        if (rights() == Rights.ALL) {
            return Optional.empty();
        }
        try {
            return rights().refusal(Drafts.parse(record));
        } catch (InvalidRecord noRecord) {
            return Optional.empty();
        }
    }
}
