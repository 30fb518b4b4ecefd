package io.fourfold.container;

import io.fourfold.packages.GitSource;
import jakarta.annotation.PostConstruct;
import jakarta.ejb.ConcurrencyManagement;
import jakarta.ejb.ConcurrencyManagementType;
import jakarta.ejb.DependsOn;
import jakarta.ejb.Schedule;
import jakarta.ejb.Singleton;
import jakarta.ejb.Startup;
import jakarta.ejb.TransactionManagement;
import jakarta.ejb.TransactionManagementType;
import jakarta.inject.Inject;
import java.time.Clock;

/** Tidies up after packages that were fetched here, on every server: each has a folder of its own. */
@Startup
@Singleton
@DependsOn("NodeHost")
@ConcurrencyManagement(ConcurrencyManagementType.BEAN)
@TransactionManagement(TransactionManagementType.BEAN)
public class PackageHost {

    @Inject
    GitSource git;

    @Inject
    Clock clock;

    private final Turning sweeping = Turning.everywhere("fetched packages", now -> git.sweep(now));

    @PostConstruct
    @Schedule(hour = "*", minute = "20", persistent = false)
    public void sweep() {
        sweeping.turn(clock.instant());
    }
}
