package io.fourfold.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelFunctionDecl;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOverloadDecl;
import dev.cel.common.CelSourceLocation;
import dev.cel.common.CelValidationException;
import dev.cel.common.types.CelType;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompiler;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.cel.runtime.CelStandardFunctions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** CEL with the names of one context. */
final class Language {

    private static final Pattern UNBOUND = Pattern.compile("undeclared reference to '([^']*)'.*", Pattern.DOTALL);

    /** Uses what rules use, so that the classes behind it are loaded before a rule is on the clock. */
    private static final String WARM_UP = "[1, 2].map(n, string(n) + 'a').exists(s, s.matches('^2a$') && s in ['2a'])"
            + " && {'a': {'b': 1.5}}.a.b > 1 && timestamp('2026-01-01T00:00:00Z') + duration('1s') > timestamp(0)"
            + " && [1, 2].filter(n, n % 2 == 0).size() == 1 && has({'a': null}.a)";

    private final Context context;
    private final CelCompiler conditions;
    private final CelCompiler formulas;
    private final CelRuntime runtime;

    Language(Context context) {
        this.context = context;
        this.conditions = compiler(context, SimpleType.BOOL);
        this.formulas = compiler(context, SimpleType.DYN);
        this.runtime = CelRuntimeFactory.standardCelRuntimeBuilder()
                .setOptions(Limits.OPTIONS)
                .setStandardEnvironmentEnabled(false)
                .setStandardFunctions(CelStandardFunctions.newBuilder()
                        .excludeFunctions(CelStandardFunctions.StandardFunction.MATCHES)
                        .build())
                .build();
        compile(WARM_UP, true, new Counters(() -> 0)).holds(Map.of(), Facts.NONE);
    }

    private static CelCompiler compiler(Context context, CelType result) {
        CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                .setOptions(Limits.OPTIONS)
                .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                .setResultType(result);
        context.variables().forEach(builder::addVar);
        Map<String, List<CelOverloadDecl>> functions = context.calls().stream()
                .collect(Collectors.groupingBy(
                        Call::function, Collectors.mapping(Call::declaration, Collectors.toList())));
        functions.forEach((name, overloads) ->
                builder.addFunctionDeclarations(CelFunctionDecl.newFunctionDeclaration(name, overloads)));
        return builder.build();
    }

    Expression compile(String text, boolean condition, Counters counters) {
        try {
            CelAbstractSyntaxTree tree =
                    (condition ? conditions : formulas).compile(text).getAst();
            return new Expression(
                    context, text, runtime.createProgram(tree), Weighed.in(tree), Necessary.in(tree), counters);
        } catch (CelValidationException refused) {
            throw fault(refused.getErrors().getFirst());
        } catch (CelEvaluationException | RuntimeException broken) {
            throw new ExpressionFault(String.valueOf(broken.getMessage()), 1, 1);
        } catch (StackOverflowError deep) {
            throw new ExpressionFault("nested too deeply", 1, 1);
        }
    }

    private ExpressionFault fault(CelIssue issue) {
        CelSourceLocation place = issue.getSourceLocation();
        String reason = UNBOUND.matcher(issue.getMessage())
                .replaceFirst("undeclared reference to '$1': " + context.wire() + " binds " + context.bound());
        return new ExpressionFault(reason, Math.max(1, place.getLine()), Math.max(1, place.getColumn() + 1));
    }
}
