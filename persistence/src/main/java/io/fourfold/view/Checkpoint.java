package io.fourfold.view;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import org.eclipse.persistence.annotations.ChangeTracking;
import org.eclipse.persistence.annotations.ChangeTrackingType;

/** How far a projection has folded the log; written in the same transaction as its rows. */
@Entity
@Table(name = "checkpoint")
@ChangeTracking(ChangeTrackingType.DEFERRED)
public class Checkpoint {
    @Id
    public String name;

    public long position;

    public Checkpoint() {}

    public Checkpoint(String name) {
        this.name = name;
    }
}
