package io.fourfold.view;

import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;

/** How far a projection has folded the log; written in the same transaction as its rows. */
@Entity
@Table(name = "checkpoint")
public class Checkpoint {
    @Id
    public String name;

    public long position;

    public Checkpoint() {}

    public Checkpoint(String name) {
        this.name = name;
    }
}
