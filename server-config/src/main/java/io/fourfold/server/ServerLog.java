package io.fourfold.server;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.text.MessageFormat;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.logging.ErrorManager;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;

/**
 * The one log of the server: {@code logs/server.log} and at most {@value #KEPT} older ones of {@value #BYTES_MAX}
 * bytes. Public, with a public constructor, because the log manager creates it by name, anew whenever it reads its
 * settings.
 */
public final class ServerLog extends Handler {

    private static final long BYTES_MAX = 5L << 20;
    private static final int KEPT = 4;
    private static final String FILE_PROPERTY = "fourfold.log";
    private static final AtomicReference<String> WORST = new AtomicReference<>();
    private static final Object ROTATION = new Object();

    /** Our own lines, and from all others what deserves attention: the server's remarks on its own defaults do not. */
    private static final String SETTINGS = """
            handlers=io.fourfold.server.ServerLog
            io.fourfold.server.ServerLog.formatter=java.util.logging.SimpleFormatter
            .level=WARNING
            io.fourfold.level=INFO
            PayaraMicro.level=SEVERE
            javax.enterprise.system.security.ssl.level=SEVERE
            javax.enterprise.resource.resourceadapter.org.glassfish.jdbc.deployer.level=SEVERE
            org.glassfish.wasp.runtime.TldScanner.level=SEVERE
            """;

    private final Path file = Path.of(System.getProperty(FILE_PROPERTY));

    /** Writes the settings for the server's log manager, which reads them again while it boots. */
    static Path settings(Path log, Path folder) throws IOException {
        System.setProperty(FILE_PROPERTY, log.toString());
        return Files.writeString(folder.resolve("logging.properties"), SETTINGS);
    }

    /** The last severe message of this run: most likely why it failed. */
    static Optional<String> worst() {
        return Optional.ofNullable(WORST.get());
    }

    @Override
    public void publish(LogRecord entry) {
        boolean ours = entry.getLoggerName() != null && entry.getLoggerName().startsWith("io.fourfold");
        if (!isLoggable(entry) || !ours && entry.getLevel().intValue() < Level.WARNING.intValue()) {
            return;
        }
        if (entry.getLevel().intValue() >= Level.SEVERE.intValue()) {
            WORST.set(message(entry));
        }
        synchronized (ROTATION) {
            try {
                rotate();
                Files.writeString(file, line(entry), StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            } catch (IOException broken) {
                reportError(null, broken, ErrorManager.WRITE_FAILURE);
            }
        }
    }

    private void rotate() throws IOException {
        if (!Files.exists(file) || Files.size(file) < BYTES_MAX) {
            return;
        }
        for (int age = KEPT; age > 1; age--) {
            if (Files.exists(older(age - 1))) {
                Files.move(older(age - 1), older(age), StandardCopyOption.REPLACE_EXISTING);
            }
        }
        Files.move(file, older(1), StandardCopyOption.REPLACE_EXISTING);
    }

    private Path older(int age) {
        return file.resolveSibling(file.getFileName() + "." + age);
    }

    private static String line(LogRecord entry) {
        StringWriter text = new StringWriter();
        text.append(entry.getInstant().toString()).append(' ');
        text.append(entry.getLevel().getName()).append(' ');
        text.append(entry.getLoggerName()).append(": ");
        text.append(message(entry)).append('\n');
        if (entry.getThrown() != null) {
            entry.getThrown().printStackTrace(new PrintWriter(text, true));
        }
        return text.toString();
    }

    private static String message(LogRecord entry) {
        String message = String.valueOf(entry.getMessage());
        if (entry.getResourceBundle() != null && entry.getResourceBundle().containsKey(message)) {
            message = entry.getResourceBundle().getString(message);
        }
        Object[] parameters = entry.getParameters();
        if (parameters == null || parameters.length == 0) {
            return message;
        }
        try {
            return MessageFormat.format(message, parameters);
        } catch (IllegalArgumentException notAPattern) {
            return message;
        }
    }

    @Override
    public void flush() {
        // Every line is written when it comes.
    }

    @Override
    public void close() {
        // Nothing is held open between lines.
    }
}
