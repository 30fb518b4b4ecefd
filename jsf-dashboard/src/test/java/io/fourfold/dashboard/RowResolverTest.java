package io.fourfold.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.el.ELContext;
import jakarta.el.ELResolver;
import jakarta.el.FunctionMapper;
import jakarta.el.VariableMapper;
import org.junit.jupiter.api.Test;

class RowResolverTest {

    private final RowResolver resolver = new RowResolver();

    private static final class Context extends ELContext {
        @Override
        public ELResolver getELResolver() {
            return null;
        }

        @Override
        public FunctionMapper getFunctionMapper() {
            return null;
        }

        @Override
        public VariableMapper getVariableMapper() {
            return null;
        }
    }

    private Object read(Object base, String property) {
        Context context = new Context();
        Object value = resolver.getValue(context, base, property);
        return context.isPropertyResolved() ? value : "left to others";
    }

    @Test
    void aRecordIsReadByItsAccessor() {
        assertThat(read(Status.of("failed"), "tone")).isEqualTo("fail");
    }

    @Test
    void aRowIsReadByItsPublicField() {
        assertThat(read(Rows.phase("a", "pending", null, null), "phaseId")).isEqualTo("a");
        assertThat(read(Rows.phase("a", "pending", null, null), "startedAt")).isNull();
    }

    @Test
    void theRestIsLeftToOthers() {
        assertThat(read("text", "length")).isEqualTo("left to others");
        assertThat(read(Rows.execution("running"), "over")).isEqualTo("left to others");
        assertThat(read(null, "request")).isEqualTo("left to others");
    }
}
