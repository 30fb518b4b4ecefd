package io.fourfold.server;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A PostgreSQL and how to sign in to it; {@code url} is a JDBC URL without credentials. */
record DatabaseAddress(String url, String user, String password) {

    private static final int DEFAULT_PORT = 5432;
    private static final int CONNECT_MILLIS = 3000;
    private static final String EXPECTED = "expected jdbc:postgresql://HOST:PORT/DATABASE?user=U&password=P"
            + " or postgresql://U:P@HOST:PORT/DATABASE";

    /** Credentials come from the URL, else from FOURFOLD_DB_USER and FOURFOLD_DB_PASSWORD. */
    static DatabaseAddress parse(String given, Map<String, String> environment) {
        URI uri = uri(given);
        String user = environment.getOrDefault("FOURFOLD_DB_USER", EmbeddedPostgres.USER);
        String password = environment.getOrDefault("FOURFOLD_DB_PASSWORD", "");
        if (uri.getUserInfo() != null) {
            String[] both = uri.getUserInfo().split(":", 2);
            user = both[0];
            password = both.length == 2 ? both[1] : password;
        }
        List<String> rest = new ArrayList<>();
        for (String parameter :
                uri.getRawQuery() == null ? new String[0] : uri.getRawQuery().split("&")) {
            String value = URLDecoder.decode(parameter.substring(parameter.indexOf('=') + 1), StandardCharsets.UTF_8);
            if (parameter.startsWith("user=")) {
                user = value;
            } else if (parameter.startsWith("password=")) {
                password = value;
            } else if (!parameter.startsWith("stringtype=")) {
                rest.add(parameter);
            }
        }
        rest.add("stringtype=unspecified");
        String url = "jdbc:postgresql://" + uri.getHost() + ":" + port(uri) + uri.getRawPath() + "?";
        return new DatabaseAddress(url + String.join("&", rest), user, password);
    }

    /** Refuses when nothing listens there; who may sign in is found out by the application. */
    void probe() {
        URI uri = URI.create(url.substring("jdbc:".length()));
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(uri.getHost(), uri.getPort()), CONNECT_MILLIS);
        } catch (IOException unreachable) {
            throw new LaunchRefused("No database answers at " + uri.getHost() + ":" + uri.getPort()
                    + " (--db): start it, or leave --db out to use the embedded one.");
        }
    }

    private static int port(URI uri) {
        return uri.getPort() == -1 ? DEFAULT_PORT : uri.getPort();
    }

    private static URI uri(String given) {
        try {
            URI uri = new URI(given.startsWith("jdbc:") ? given.substring("jdbc:".length()) : given);
            boolean known = "postgresql".equals(uri.getScheme()) || "postgres".equals(uri.getScheme());
            if (known
                    && uri.getHost() != null
                    && uri.getPath() != null
                    && uri.getPath().length() > 1) {
                return uri;
            }
        } catch (URISyntaxException malformed) {
            // Answered below, without the text: it may hold a password.
        }
        throw new LaunchRefused("--db is not the address of a PostgreSQL database: " + EXPECTED + ".");
    }
}
