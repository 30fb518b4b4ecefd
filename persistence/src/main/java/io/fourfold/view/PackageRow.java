package io.fourfold.view;

import jakarta.persistence.Convert;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import java.util.List;

/** {@code package_list}: one package of workflows; {@code release} is the version its manifest names. */
@Entity
@Table(name = "view_package_list")
public class PackageRow {
    @Id
    public String id;

    public String status;
    public String release;
    public String description;
    public String kind;
    public String source;
    public String ref;
    public String commitId;

    @Convert(converter = JsonText.Strings.class)
    public List<String> workflows = List.of();

    @Convert(converter = JsonText.Strings.class)
    public List<String> triggers = List.of();

    public Instant installedAt;
    public Instant changedAt;

    /** The thread's version last folded. */
    public long version;
}
