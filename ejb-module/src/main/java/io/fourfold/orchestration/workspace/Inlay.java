package io.fourfold.orchestration.workspace;

import io.fourfold.orchestration.workspace.Sandbox.Place;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** Puts a file into a place, never through a link and never outside of it. */
public final class Inlay {

    private Inlay() {}

    /** @throws SandboxFailure when the name leads out of the place, or it cannot be written */
    public static void write(Place place, String name, byte[] content) {
        Path target = place.root().resolve(name).normalize();
        if (!target.startsWith(place.root()) || target.equals(place.root())) {
            throw new SandboxFailure("Expected a file inside the workspace, but was " + name, null);
        }
        try {
            Path folder = place.root();
            for (Path part : place.root().relativize(target.getParent())) {
                folder = folder.resolve(part);
                if (!part.toString().isEmpty() && !Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createDirectory(folder);
                }
            }
            Files.deleteIfExists(target);
            Files.write(target, content, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        } catch (IOException broken) {
            throw new SandboxFailure("Cannot put " + name + " into workspace " + place.id(), broken);
        }
    }
}
