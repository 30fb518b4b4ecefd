package io.fourfold.server;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** What the launcher was asked for. Port 0 means any free one. */
record LaunchOptions(int port, Path data, Optional<DatabaseAddress> database) {

    static final int DEFAULT_PORT = 8484;
    private static final int MAX_PORT = 65535;

    static LaunchOptions parse(String[] arguments, Map<String, String> environment) {
        int port = DEFAULT_PORT;
        Path data = Path.of(System.getProperty("user.home"), ".fourfold");
        Optional<DatabaseAddress> database = Optional.empty();
        for (int i = 0; i < arguments.length; i += 2) {
            String name = arguments[i];
            if (i + 1 == arguments.length) {
                throw new LaunchRefused(name + " needs a value.");
            }
            String value = arguments[i + 1];
            switch (name) {
                case "--port" -> port = port(value);
                case "--data" -> data = folder(value);
                case "--db" -> database = Optional.of(DatabaseAddress.parse(value, environment));
                default -> throw new LaunchRefused("Unknown option " + name + ": expected --port, --data or --db.");
            }
        }
        return new LaunchOptions(port, data.toAbsolutePath().normalize(), database);
    }

    private static int port(String value) {
        try {
            int port = Integer.parseInt(value);
            if (port >= 0 && port <= MAX_PORT) {
                return port;
            }
        } catch (NumberFormatException notANumber) {
            // Answered below.
        }
        throw new LaunchRefused("--port must be a number from 0 to " + MAX_PORT + ", but is " + value + ".");
    }

    private static Path folder(String value) {
        try {
            return Path.of(value);
        } catch (InvalidPathException invalid) {
            throw new LaunchRefused("--data is not a folder's name: " + value + ".");
        }
    }
}
