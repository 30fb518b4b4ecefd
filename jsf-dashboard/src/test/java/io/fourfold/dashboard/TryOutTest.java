package io.fourfold.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.expression.Expressions;
import io.fourfold.expression.Facts;
import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Entry;
import io.fourfold.log.EntryId;
import io.fourfold.log.Json;
import io.fourfold.log.Receipt;
import io.fourfold.log.ThreadId;
import io.fourfold.log.memory.MemoryLog;
import java.time.Clock;
import java.util.List;
import org.junit.jupiter.api.Test;

class TryOutTest {

    private final MemoryLog log = new MemoryLog(Clock.systemUTC());

    private TryOut.Outcome tried(String context, String expression, String about) {
        return new TryOut(context, expression, about, null)
                .evaluated(new Expressions(), Facts.NONE, id -> log.find(new EntryId(id)))
                .outcome();
    }

    @Test
    void theExampleHolds() {
        TryOut blank = TryOut.blank();
        assertThat(tried(blank.context(), blank.expression(), blank.about()).value())
                .isEqualTo("true");
    }

    @Test
    void aRecordMayBeGivenByItsId() {
        Draft draft = Draft.of(new ThreadId("th_x"), new Did("did:a:b"), Act.DO, Json.parse("{\"n\":7}"));
        Entry entry = ((Receipt.Stored) log.append(List.of(Append.of(draft))).getFirst()).entry();
        TryOut.Outcome outcome =
                tried("routing", "record.body.n + 1", entry.id().hex());
        assertThat(outcome.value()).isEqualTo("8");
        assertThat(outcome.type()).isEqualTo("a number");
        assertThat(tried("routing", "1", "0".repeat(64)).fault()).contains("none has this one");
        assertThat(tried("health_check", "1", entry.id().hex()).fault()).contains("knows no record");
    }

    @Test
    void allVariablesMayBeGivenAtOnce() {
        assertThat(tried("join", "size(children)", "{\"children\":[{},{}]}").value())
                .isEqualTo("2");
        assertThat(tried("decision", "proposal_confidence > 0.5", "{\"proposal_confidence\":0.9}")
                        .value())
                .isEqualTo("true");
        assertThat(tried("join", "1", "{\"child\":1}").fault()).contains("child");
    }

    @Test
    void aFaultHasItsCaret() {
        TryOut.Outcome outcome = tried("routing", "record.act + nobody", "");
        assertThat(outcome.field()).isEqualTo("expression");
        assertThat(outcome.caret()).isEqualTo("record.act + nobody\n" + " ".repeat(13) + "^");
        assertThat(outcome.fault()).contains("line 1, column 14");
    }

    @Test
    void whatComesToNothingSaysWhyAndWhatIsNoJsonTheFieldAtFault() {
        TryOut.Outcome missing = tried("routing", "record.body.x", "{\"body\":{}}");
        assertThat(missing.fault()).contains("x");
        assertThat(missing.caret()).isNull();
        assertThat(tried("routing", "1", "{").field()).isEqualTo("record");
        assertThat(tried("nowhere", "1", "").field()).isEqualTo("context");
    }
}
