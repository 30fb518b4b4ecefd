package io.fourfold.server;

import fish.payara.micro.BootstrapException;
import fish.payara.micro.PayaraMicro;
import fish.payara.micro.PayaraMicroRuntime;
import fish.payara.micro.boot.loader.OpenURLClassLoader;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Payara Micro in this JVM, taught to deploy an EAR by two jars of the Payara Server of the same release. */
final class MicroServer {

    private static final String APPLICATION = "fourfold";
    private static final String LISTENER =
            "configs.config.server-config.network-config.network-listeners.network-listener.http-listener.";
    /** Nodes meet in the database, and a data grid would listen on every interface. */
    private static final String NO_GRID =
            "configs.config.server-config.hazelcast-config-specific-configuration.enabled=false";

    private static final int PROBE_MILLIS = 5000;
    private static final int READY_SECONDS = 60;
    private static final int POLL_MILLIS = 100;

    private final PayaraMicroRuntime runtime;
    private final int port;

    private MicroServer(PayaraMicroRuntime runtime, int port) {
        this.runtime = runtime;
        this.port = port;
    }

    /**
     * Listens on loopback only. {@code scratch} must be empty: an unpacked server kept from a crash deploys its old
     * EAR while booting.
     */
    static MicroServer boot(ServerFiles files, int port, Path scratch, Path logSettings) {
        try {
            PayaraMicro.setUpackedJarDir(Files.createDirectories(scratch).toFile());
            PayaraMicro micro = PayaraMicro.getInstance();
            OpenURLClassLoader loader =
                    (OpenURLClassLoader) Thread.currentThread().getContextClassLoader();
            for (Path jar : files.earSupport()) {
                loader.addURL(jar.toUri().toURL());
            }
            micro.setNoCluster(true);
            micro.setPrintLogo(false).setHttpPort(port).setHttpAutoBind(false);
            micro.setLogPropertiesFile(logSettings.toFile());
            micro.setPreBootHandler(asadmin -> asadmin.run("set", LISTENER + "address=127.0.0.1", NO_GRID));
            return new MicroServer(micro.bootStrap(), port);
        } catch (BootstrapException | IOException broken) {
            throw new LaunchRefused("Payara Micro did not start: " + broken.getMessage() + ".");
        }
    }

    /** Deploys and waits until every readiness check is up. {@code deploy} itself says true even when it failed. */
    void deploy(Path ear) throws InterruptedException {
        runtime.deploy(ear.toFile());
        if (!runtime.getDeployedApplicationNames().contains(APPLICATION)) {
            throw new LaunchRefused("The application did not start: "
                    + ServerLog.worst()
                            .orElse("no reason was logged")
                            .lines()
                            .findFirst()
                            .orElse("") + ".");
        }
        String answer = "nothing";
        for (int waited = 0; waited < READY_SECONDS * 1000; waited += POLL_MILLIS) {
            answer = ready();
            if (answer.isEmpty()) {
                return;
            }
            Thread.sleep(POLL_MILLIS);
        }
        throw new LaunchRefused("The application did not become ready within " + READY_SECONDS + " s: " + answer + ".");
    }

    /** Empty when ready, else what was answered instead. */
    private String ready() {
        try {
            URI check = URI.create("http://127.0.0.1:" + port + "/health/ready");
            HttpURLConnection connection = (HttpURLConnection) check.toURL().openConnection();
            connection.setConnectTimeout(PROBE_MILLIS);
            connection.setReadTimeout(PROBE_MILLIS);
            int status = connection.getResponseCode();
            if (status == HttpURLConnection.HTTP_OK) {
                return "";
            }
            return status + " " + new String(connection.getErrorStream().readAllBytes());
        } catch (IOException notYet) {
            return notYet.toString();
        }
    }

    /** Returns when the application and the server are down; the server's own shutdown hook may be doing it already. */
    void stop() {
        try {
            runtime.shutdown();
        } catch (BootstrapException | IllegalStateException alreadyDown) {
            // What we wanted.
        }
    }

    /** Where the parts of an assembled server lie: beside the launcher's jar. */
    record ServerFiles(Path folder) {

        static ServerFiles ofThisJar() {
            URL jar = MicroServer.class.getProtectionDomain().getCodeSource().getLocation();
            return new ServerFiles(Path.of(URI.create(jar.toString())).getParent());
        }

        Path ear() {
            return folder.resolve("fourfold.ear");
        }

        List<Path> earSupport() throws IOException {
            try (Stream<Path> jars = Files.list(folder.resolve("ear-support"))) {
                return jars.sorted().toList();
            }
        }
    }
}
