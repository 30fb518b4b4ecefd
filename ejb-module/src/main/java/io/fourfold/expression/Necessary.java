package io.fourfold.expression;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.ast.CelConstant;
import dev.cel.common.ast.CelExpr;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

/**
 * What must be so for a condition to hold: a field equal to a text. A condition that names one need not be evaluated
 * where it is not so, which is what makes a thousand of them cheap.
 *
 * @param path from a variable to the field: {@code [record, body, kind]}
 */
public record Necessary(List<String> path, String value) {

    private static final String AND = "_&&_";
    private static final String EQUALS = "_==_";

    /** Of the terms that are all to hold, those that compare a field with a text. */
    static List<Necessary> in(CelAbstractSyntaxTree tree) {
        List<Necessary> found = new ArrayList<>();
        Deque<CelExpr> terms = new ArrayDeque<>(List.of(tree.getExpr()));
        while (!terms.isEmpty()) {
            CelExpr term = terms.pop();
            if (term.getKind() != CelExpr.ExprKind.Kind.CALL) {
                continue;
            }
            CelExpr.CelCall call = term.call();
            if (call.function().equals(AND)) {
                terms.addAll(call.args());
            } else if (call.function().equals(EQUALS)) {
                of(call.args().get(0), call.args().get(1))
                        .or(() -> of(call.args().get(1), call.args().get(0)))
                        .ifPresent(found::add);
            }
        }
        return List.copyOf(found);
    }

    private static Optional<Necessary> of(CelExpr field, CelExpr text) {
        boolean isText = text.getKind() == CelExpr.ExprKind.Kind.CONSTANT
                && text.constant().getKind() == CelConstant.Kind.STRING_VALUE;
        return isText
                ? path(field).map(path -> new Necessary(path, text.constant().stringValue()))
                : Optional.empty();
    }

    private static Optional<List<String>> path(CelExpr field) {
        List<String> path = new ArrayList<>();
        CelExpr at = field;
        while (at.getKind() == CelExpr.ExprKind.Kind.SELECT && !at.select().testOnly()) {
            path.add(0, at.select().field());
            at = at.select().operand();
        }
        if (at.getKind() != CelExpr.ExprKind.Kind.IDENT || path.isEmpty()) {
            return Optional.empty();
        }
        path.add(0, at.ident().name());
        return Optional.of(List.copyOf(path));
    }
}
