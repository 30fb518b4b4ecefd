package io.fourfold.expression;

import dev.cel.runtime.CelFunctionOverload;
import dev.cel.runtime.CelFunctionResolver;
import dev.cel.runtime.CelResolvedOverload;
import java.util.Collection;
import java.util.Collections;
import java.util.Map;
import java.util.Optional;

/** The functions of ours, bound for one evaluation to its facts, its variables and its meter. */
record Answers(Context context, Facts facts, Map<String, Object> variables, Meter meter)
        implements CelFunctionResolver {

    @Override
    public Optional<CelResolvedOverload> findOverloadMatchingArgs(
            String function, Collection<String> overloads, Object[] arguments) {
        return findOverloadMatchingArgs(function, arguments);
    }

    @Override
    public Optional<CelResolvedOverload> findOverloadMatchingArgs(String function, Object[] arguments) {
        if (function.equals(Regex.FUNCTION)) {
            return Optional.of(bound(function, function, 2, a -> Regex.matches((String) a[0], (String) a[1], meter)));
        }
        for (Call call : context.calls()) {
            if (call.arity() == arguments.length && call.function().equals(function)) {
                return Optional.of(bound(function, call.overload(), call.arity(), a -> answer(call, a)));
            }
        }
        return Optional.empty();
    }

    private Object answer(Call call, Object[] arguments) {
        return meter.ask(() -> call.answer(facts, variables, arguments));
    }

    /** All parameters of ours are texts; CEL checks that before it calls. */
    private static CelResolvedOverload bound(
            String function, String overload, int arity, CelFunctionOverload definition) {
        return CelResolvedOverload.of(function, overload, definition, true, Collections.nCopies(arity, String.class));
    }
}
