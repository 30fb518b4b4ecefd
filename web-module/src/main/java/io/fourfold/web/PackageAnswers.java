package io.fourfold.web;

import io.fourfold.packages.Content;
import io.fourfold.packages.InstalledPackage;
import io.fourfold.packages.Manifest;
import io.fourfold.packages.Origin;
import io.fourfold.packages.Registries;
import io.fourfold.packages.Report;
import io.fourfold.view.PackageRow;
import java.time.Instant;
import java.util.List;

/** Packages as they are shown. */
final class PackageAnswers {

    private PackageAnswers() {}

    record ListAnswer(List<Summary> packages, long total, int page, int pageSize) {}

    record Summary(
            String name,
            String version,
            String description,
            String kind,
            String source,
            String ref,
            String commit,
            List<String> workflows,
            List<String> triggers,
            Instant installedAt,
            Instant changedAt) {}

    record Detail(
            String name,
            Manifest manifest,
            Origin origin,
            List<Content.Part> workflows,
            List<Content.Cue> triggers,
            Instant installedAt,
            Instant changedAt) {}

    record Changed(
            String name,
            String version,
            String status,
            boolean dryRun,
            Origin origin,
            List<Report.WorkflowChange> workflows,
            List<Report.TriggerChange> triggers) {}

    record Found(List<Offer> packages, int total, String next, List<Registries.Unread> unread) {}

    record Offer(
            String registry,
            String name,
            String version,
            String description,
            List<String> tags,
            String source,
            String ref) {}

    static Summary summary(PackageRow row) {
        return new Summary(
                row.id,
                row.release,
                row.description,
                row.kind,
                row.source,
                row.ref,
                row.commitId,
                row.workflows,
                row.triggers,
                row.installedAt,
                row.changedAt);
    }

    static Detail detail(String name, InstalledPackage.State state) {
        Content content = state.content();
        return new Detail(
                name,
                content.manifest(),
                content.origin(),
                content.workflows(),
                content.triggers(),
                state.since(),
                state.changed());
    }

    static Changed changed(Report report, boolean dryRun) {
        return new Changed(
                report.name(),
                report.content().manifest().version(),
                report.status(),
                dryRun,
                report.content().origin(),
                report.workflows(),
                report.triggers());
    }

    static Found found(Registries.Offers offers) {
        List<Offer> packages = offers.offers().stream()
                .map(offer -> new Offer(
                        offer.registry(),
                        offer.listed().name(),
                        offer.listed().version(),
                        offer.listed().description(),
                        offer.listed().tags(),
                        offer.listed().source(),
                        offer.listed().ref()))
                .toList();
        return new Found(packages, packages.size(), null, offers.unread());
    }
}
