package io.fourfold.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelExpr;
import dev.cel.common.navigation.CelNavigableAst;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The parts of an expression whose values are weighed whole: lists and maps where they are built, and both sides of a
 * comparison. Without it, {@code [a, a]} within {@code [b, b]} doubles what one comparison costs at each level.
 */
final class Weighed {

    private static final Set<String> COMPARISONS = Set.of("_==_", "_!=_", "@in");
    private static final String SUM = "_+_";

    private Weighed() {}

    static Set<Long> in(CelAbstractSyntaxTree tree) {
        return CelNavigableAst.fromAst(tree)
                .getRoot()
                .allNodes()
                .flatMap(node -> parts(node.expr()))
                .map(CelExpr::id)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<CelExpr> parts(CelExpr part) {
        return switch (part.getKind()) {
            case LIST, MAP, STRUCT -> Stream.of(part);
            case CALL -> ofCall(part);
            case COMPREHENSION, CONSTANT, IDENT, SELECT, NOT_SET -> Stream.empty();
        };
    }

    private static Stream<CelExpr> ofCall(CelExpr part) {
        CelExpr.CelCall call = part.call();
        if (COMPARISONS.contains(call.function())) {
            return call.args().stream();
        }
        return call.function().equals(SUM) && !isCollected(call.args().getFirst()) ? Stream.of(part) : Stream.empty();
    }

    /** The list that a macro collects: each element is weighed as it is added, the whole not every time. */
    private static boolean isCollected(CelExpr part) {
        return part.getKind() == CelExpr.ExprKind.Kind.IDENT
                && part.ident().name().equals("@result");
    }
}
