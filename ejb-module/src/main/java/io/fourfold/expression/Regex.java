package io.fourfold.expression;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.cel.runtime.CelEvaluationException;

/** {@code matches}: RE2, linear in the text, and charged for it. */
final class Regex {

    static final String FUNCTION = "matches";

    /** Steps of the automaton (a character times an instruction) that one step of the meter pays for. */
    private static final long MOVES_PER_STEP = 16;

    private Regex() {}

    /** Whether the pattern is found anywhere in the text. */
    static boolean matches(String text, String regex, Meter meter) throws CelEvaluationException {
        meter.charge(1 + RegexSize.of(regex));
        Pattern pattern = pattern(regex);
        int instructions = pattern.programSize();
        if (instructions > Limits.REGEX_INSTRUCTIONS_MAX) {
            throw new CelEvaluationException("matches: expected a pattern of at most " + Limits.REGEX_INSTRUCTIONS_MAX
                    + " instructions, but it has " + instructions);
        }
        meter.charge((long) text.length() * instructions / MOVES_PER_STEP);
        return pattern.matcher(text).find();
    }

    private static Pattern pattern(String regex) throws CelEvaluationException {
        try {
            return Pattern.compile(regex);
        } catch (PatternSyntaxException wrong) {
            throw new CelEvaluationException("matches: " + wrong.getMessage(), wrong);
        }
    }
}
