package io.fourfold.log;

/**
 * Numbers as ECMAScript prints them (ECMA-262, Number::toString): the shortest digits that name the double, plain from
 * 1e-6 up to 1e21 and with an exponent beyond.
 */
final class NumberForm {

    /** Significant digits that a shortest form can have; a number with more is not one that JCS would print. */
    private static final int DIGITS_MAX = 17;

    /** Plain integers up to this many characters are exact and canonical as they stand. */
    private static final int SAFE_CHARS_MAX = 15;

    private static final int PLAIN_POINT_MIN = -5;
    private static final int PLAIN_POINT_MAX = 21;

    private NumberForm() {}

    /** The end of the JSON number that starts here, or -1 when none does. */
    static int end(String in, int start) {
        int at = start < in.length() && in.charAt(start) == '-' ? start + 1 : start;
        int whole = digits(in, at);
        if (whole == at || in.charAt(at) == '0' && whole > at + 1) {
            return -1;
        }
        at = whole;
        if (at < in.length() && in.charAt(at) == '.') {
            int fraction = digits(in, at + 1);
            if (fraction == at + 1) {
                return -1;
            }
            at = fraction;
        }
        if (at < in.length() && (in.charAt(at) | 0x20) == 'e') {
            int sign = at + 1 < in.length() && "+-".indexOf(in.charAt(at + 1)) >= 0 ? 1 : 0;
            int exponent = digits(in, at + 1 + sign);
            return exponent == at + 1 + sign ? -1 : exponent;
        }
        return at;
    }

    /** The canonical form of a JSON number, or null when that would have another value than the number given. */
    static String canonical(String token) {
        if (isSafeInteger(token)) {
            return token;
        }
        Decimal given = Decimal.of(token);
        if (given.digits.length() > DIGITS_MAX) {
            return null;
        }
        if (given.digits.isEmpty()) {
            return "0";
        }
        double value = Double.parseDouble(token);
        if (Double.isInfinite(value) || value == 0) {
            return null;
        }
        Decimal shortest = shortest(Math.abs(value));
        return shortest.equals(given) ? print(value < 0, shortest) : null;
    }

    /** As {@code JSON.stringify} prints a finite double. */
    static String of(double value) {
        return value == 0 ? "0" : print(value < 0, shortest(Math.abs(value)));
    }

    private static boolean isSafeInteger(String token) {
        if (token.length() > SAFE_CHARS_MAX || token.equals("-0")) {
            return false;
        }
        return digits(token, token.charAt(0) == '-' ? 1 : 0) == token.length();
    }

    /** {@link Double#toString} gives the shortest digits, but never fewer than two: 4.9E-324 is 5e-324. */
    private static Decimal shortest(double value) {
        Decimal decimal = Decimal.of(Double.toString(value));
        if (decimal.digits.length() != 2) {
            return decimal;
        }
        int tens = decimal.digits.charAt(0) - '0';
        int rounded = decimal.digits.charAt(1) >= '5' ? tens + 1 : tens;
        Decimal shorter = Decimal.of(rounded + "E" + (decimal.point - 1));
        return shorter.toDouble() == value ? shorter : decimal;
    }

    private static String print(boolean negative, Decimal decimal) {
        StringBuilder out = new StringBuilder(negative ? "-" : "");
        String digits = decimal.digits;
        int point = decimal.point;
        if (digits.length() <= point && point <= PLAIN_POINT_MAX) {
            out.append(digits).append("0".repeat(point - digits.length()));
        } else if (0 < point && point <= PLAIN_POINT_MAX) {
            out.append(digits, 0, point).append('.').append(digits, point, digits.length());
        } else if (PLAIN_POINT_MIN <= point && point <= 0) {
            out.append("0.").append("0".repeat(-point)).append(digits);
        } else {
            out.append(digits.charAt(0));
            if (digits.length() > 1) {
                out.append('.').append(digits, 1, digits.length());
            }
            out.append(point > 0 ? "e+" : "e-").append(Math.abs(point - 1));
        }
        return out.toString();
    }

    private static int digits(String in, int from) {
        int at = from;
        while (at < in.length() && in.charAt(at) >= '0' && in.charAt(at) <= '9') {
            at++;
        }
        return at;
    }

    /** 0.digits × 10^point, without leading or trailing zeros; no digits for zero. */
    private record Decimal(String digits, int point) {

        static Decimal of(String token) {
            int exponentAt = Math.max(token.indexOf('e'), token.indexOf('E'));
            String mantissa = exponentAt < 0 ? token : token.substring(0, exponentAt);
            mantissa = mantissa.startsWith("-") ? mantissa.substring(1) : mantissa;
            int pointAt = mantissa.indexOf('.');
            int point = pointAt < 0 ? mantissa.length() : pointAt;
            String all = pointAt < 0 ? mantissa : mantissa.substring(0, pointAt) + mantissa.substring(pointAt + 1);
            int first = 0;
            while (first < all.length() && all.charAt(first) == '0') {
                first++;
            }
            int last = all.length();
            while (last > first && all.charAt(last - 1) == '0') {
                last--;
            }
            return new Decimal(all.substring(first, last), point - first + exponent(token, exponentAt));
        }

        /** An exponent beyond what any double has is as good as any other such. */
        private static int exponent(String token, int exponentAt) {
            if (exponentAt < 0) {
                return 0;
            }
            int sign = token.charAt(exponentAt + 1) == '-' ? -1 : 1;
            int value = 0;
            for (int i = exponentAt + 1; i < token.length(); i++) {
                char c = token.charAt(i);
                value = c >= '0' && c <= '9' ? Math.min(value * 10 + c - '0', 100_000_000) : value;
            }
            return sign * value;
        }

        double toDouble() {
            return Double.parseDouble("0." + digits + "E" + point);
        }
    }
}
