package io.fourfold.expression;

import dev.cel.common.CelValidationException;
import dev.cel.common.types.MapType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import java.util.Map;

/** A compiled CEL condition over {@code record}. */
public final class Condition {

    private static final CelCompiler COMPILER = CelCompilerFactory.standardCelCompilerBuilder()
            .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
            .addVar("record", MapType.create(SimpleType.STRING, SimpleType.DYN))
            .setResultType(SimpleType.BOOL)
            .build();
    private static final CelRuntime RUNTIME =
            CelRuntimeFactory.standardCelRuntimeBuilder().build();

    private final CelRuntime.Program program;

    private Condition(CelRuntime.Program program) {
        this.program = program;
    }

    /**
     * Compiles.
     *
     * @throws IllegalArgumentException with CEL's own message and position when it is no condition over {@code record}
     */
    public static Condition of(String expression) {
        try {
            return new Condition(
                    RUNTIME.createProgram(COMPILER.compile(expression).getAst()));
        } catch (CelValidationException | CelEvaluationException broken) {
            throw new IllegalArgumentException(broken.getMessage(), broken);
        }
    }

    /**
     * Whether it holds.
     *
     * @throws IllegalStateException when it cannot be evaluated on this record, for example for a missing field,
     *     or is neither true nor false
     */
    public boolean holds(Map<String, Object> record) {
        try {
            Object value = program.eval(Map.of("record", record));
            if (value instanceof Boolean holds) {
                return holds;
            }
            throw new IllegalStateException("expected true or false, but was " + value);
        } catch (CelEvaluationException broken) {
            throw new IllegalStateException(broken.getMessage(), broken);
        }
    }
}
