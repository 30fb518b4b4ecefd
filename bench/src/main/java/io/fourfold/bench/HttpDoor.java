package io.fourfold.bench;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One kept-alive connection to a running server; hardly any work on this side, so that the server is what is measured.
 */
final class HttpDoor implements AutoCloseable {

    private final URI server;
    private final String head;
    private Socket socket;
    private InputStream in;

    HttpDoor(URI server) throws IOException {
        this.server = server;
        connect();
        head = "POST /api/v1/records HTTP/1.1\r\nHost: " + server.getAuthority()
                + "\r\nContent-Type: application/json\r\nContent-Length: ";
    }

    static List<HttpDoor> open(URI server, int doors) throws IOException {
        List<HttpDoor> all = new ArrayList<>();
        for (int i = 0; i < doors; i++) {
            all.add(new HttpDoor(server));
        }
        return all;
    }

    private void connect() throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.connect(new InetSocketAddress(server.getHost(), server.getPort()));
        in = new BufferedInputStream(socket.getInputStream());
    }

    void post(byte[] record) throws IOException {
        byte[] start = (head + record.length + "\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        byte[] request = new byte[start.length + record.length];
        System.arraycopy(start, 0, request, 0, start.length);
        System.arraycopy(record, 0, request, start.length, record.length);
        socket.getOutputStream().write(request);
        String status = line();
        int length = -1;
        boolean chunked = false;
        boolean last = false;
        for (String header = line(); !header.isEmpty(); header = line()) {
            String lower = header.toLowerCase(Locale.ROOT);
            length = lower.startsWith("content-length:")
                    ? Integer.parseInt(lower.substring(15).strip())
                    : length;
            last |= lower.startsWith("connection:") && lower.contains("close");
            chunked |= lower.startsWith("transfer-encoding:") && lower.contains("chunked");
        }
        if (chunked) {
            for (int chunk = Integer.parseInt(line(), 16); chunk > 0; chunk = Integer.parseInt(line(), 16)) {
                in.skipNBytes(chunk + 2);
            }
            line();
        } else {
            in.skipNBytes(length);
        }
        if (last) {
            // The server takes so many requests on one connection and no more.
            socket.close();
            connect();
        }
        if (!status.contains(" 201")) {
            throw new IOException("Expected 201, but got " + status);
        }
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder(64);
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0) {
                throw new IOException("The server hung up");
            }
            if (c != '\r') {
                line.append((char) c);
            }
        }
        return line.toString();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
