package io.fourfold.packages;

import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import io.fourfold.view.PackageRow;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** {@code package_list}: each package that was ever installed, as it stands. */
public final class PackageList implements Projection<PackageRow> {

    @Override
    public String name() {
        return "package_list";
    }

    @Override
    public Class<PackageRow> rowType() {
        return PackageRow.class;
    }

    @Override
    public Set<String> keys(Entry entry) {
        return InstalledPackage.Event.CODEC
                .read(entry)
                .map(event -> Set.of(event.name()))
                .orElse(Set.of());
    }

    @Override
    public PackageRow fold(String key, PackageRow current, Entry entry) {
        if (current != null && entry.version() <= current.version) {
            return current;
        }
        PackageRow row = current == null ? new PackageRow() : current;
        row.version = entry.version();
        switch (InstalledPackage.Event.CODEC.read(entry).orElseThrow()) {
            case InstalledPackage.Event.Installed e -> {
                row.id = e.name();
                row.installedAt = e.at();
                holds(row, e.manifest(), e.origin(), e.workflows(), e.triggers(), e.at());
            }
            case InstalledPackage.Event.Updated e ->
                holds(row, e.manifest(), e.origin(), e.workflows(), e.triggers(), e.at());
            case InstalledPackage.Event.Uninstalled e -> {
                row.status = "uninstalled";
                row.changedAt = e.at();
            }
        }
        return row;
    }

    private static void holds(
            PackageRow row,
            Manifest manifest,
            Origin origin,
            List<Content.Part> workflows,
            List<Content.Cue> triggers,
            Instant at) {
        row.status = "installed";
        row.release = manifest.version();
        row.description = manifest.description();
        row.kind = origin.kind();
        row.source = origin.source();
        row.ref = origin.ref();
        row.commitId = origin.commit();
        row.workflows = workflows.stream().map(Content.Part::id).toList();
        row.triggers =
                triggers.stream().map(cue -> cue.namespace() + "/" + cue.name()).toList();
        row.changedAt = at;
    }
}
