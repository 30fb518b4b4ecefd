package io.fourfold.container;

import io.fourfold.server.TestDatabase;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Properties;
import org.assertj.core.api.Assertions;
import org.jboss.shrinkwrap.api.ShrinkWrap;
import org.jboss.shrinkwrap.api.asset.EmptyAsset;
import org.jboss.shrinkwrap.api.spec.WebArchive;

/** The EJB jar and the libraries of the assembled EAR as one WAR, on a database of its own. */
final class ContainerWar {

    static final int EXECUTIONS_MAX = 2;

    private static final Path EAR = Path.of(System.getProperty("basedir", "."), "target", "fourfold");

    private ContainerWar() {}

    static WebArchive war() throws IOException, URISyntaxException {
        writeSettings();
        File assertj = new File(Assertions.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        return ShrinkWrap.create(WebArchive.class, "fourfold.war")
                .addAsLibraries(EAR.resolve("lib").toFile().listFiles())
                .addAsLibraries(EAR.resolve("fourfold-ejb.jar").toFile(), assertj)
                .addClasses(ContainerRows.class)
                .setWebXML("container-web.xml")
                .addAsWebInfResource(EmptyAsset.INSTANCE, "beans.xml");
    }

    /** The server is started for this WAR, after this. */
    private static void writeSettings() throws IOException {
        Path data = Files.createTempDirectory("fourfold-container-");
        Runtime.getRuntime().addShutdownHook(new Thread(() -> sweep(data)));
        Properties settings = new Properties();
        String url = TestDatabase.freshDatabase();
        settings.setProperty("fourfold.db.url", url.replaceAll("&(user|password)=[^&]*", ""));
        settings.setProperty("fourfold.db.user", parameter(url, "user"));
        settings.setProperty("fourfold.db.password", parameter(url, "password"));
        settings.setProperty("fourfold.data", data.toString());
        settings.setProperty("fourfold.tick.seconds", "1");
        settings.setProperty("fourfold.executions.max", String.valueOf(EXECUTIONS_MAX));
        settings.setProperty("fourfold.workspace.backend", "process");
        try (var out = Files.newBufferedWriter(Path.of(System.getProperty("fourfold.test.settings")))) {
            settings.store(out, null);
        }
    }

    private static String parameter(String url, String name) {
        return url.replaceFirst(".*&" + name + "=([^&]*).*", "$1");
    }

    private static void sweep(Path folder) {
        try (var all = Files.walk(folder)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(path);
            }
        } catch (IOException broken) {
            throw new UncheckedIOException(broken);
        }
    }
}
