package io.fourfold.query;

import java.util.List;

/** Which records are meant. A comparison of values of different types is false, and so is one with a missing value. */
public sealed interface Filter {

    /** Everything. */
    Filter ALL = new All(List.of());

    /** Stored up to a position. */
    static Filter upTo(long position) {
        return new Compare(Field.Column.POSITION, Relation.AT_MOST, new Operand.Whole(position));
    }

    static Filter ofThread(String thread) {
        return new Compare(Field.Column.THREAD, Relation.EQUAL, new Operand.Text(thread));
    }

    /** How a field stands to an operand. */
    enum Relation {
        EQUAL("="),
        GREATER(">"),
        AT_LEAST(">="),
        LESS("<"),
        AT_MOST("<=");

        private final String sign;

        Relation(String sign) {
            this.sign = sign;
        }

        String sign() {
            return sign;
        }
    }

    /** True when there is nothing in it. */
    record All(List<Filter> filters) implements Filter {
        public All {
            filters = List.copyOf(filters);
        }
    }

    record Any(List<Filter> filters) implements Filter {
        public Any {
            filters = List.copyOf(filters);
        }
    }

    record Not(Filter filter) implements Filter {}

    record Compare(Field field, Relation relation, Operand operand) implements Filter {}

    record OneOf(Field field, List<Operand> operands) implements Filter {
        public OneOf {
            operands = List.copyOf(operands);
        }
    }

    /** There is a value, though it may be null. */
    record Exists(Field.Body field) implements Filter {}

    /** Filed under one of these namespaces or below one. */
    record Within(List<String> namespaces) implements Filter {
        public Within {
            namespaces = List.copyOf(namespaces);
        }
    }
}
