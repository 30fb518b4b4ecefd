package io.fourfold.query;

import io.fourfold.log.EntryId;
import java.math.BigDecimal;
import java.time.Instant;

/** What a field is compared with. */
public sealed interface Operand {

    record Text(String value) implements Operand {}

    record Number(BigDecimal value) implements Operand {}

    /** For columns that hold whole numbers. */
    record Whole(long value) implements Operand {}

    record Time(Instant value) implements Operand {}

    record Id(EntryId value) implements Operand {}

    /** True, false, null, an array or an object, as canonical JSON: equal when the texts are. */
    record Other(String canonical) implements Operand {}
}
