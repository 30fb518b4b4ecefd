package io.fourfold.cli;

import java.util.List;

/** Ends a command with an exit code; what it has to say goes to standard error. */
public final class Exit extends RuntimeException {

    public static final int OK = 0;
    public static final int FAILED = 1;
    public static final int USAGE = 2;
    public static final int UNREACHABLE = 3;
    public static final int REFUSED = 4;

    private static final long serialVersionUID = 1;

    private final int code;
    private final transient List<String> lines;

    public Exit(int code, List<String> lines) {
        super(String.join("\n", lines));
        this.code = code;
        this.lines = List.copyOf(lines);
    }

    public Exit(int code, String line) {
        this(code, List.of(line));
    }

    public int code() {
        return code;
    }

    public List<String> lines() {
        return lines;
    }
}
