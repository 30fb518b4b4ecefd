package io.fourfold.bench;

import io.fourfold.engine.Doorbell;
import io.fourfold.engine.IngestLoop;
import io.fourfold.engine.Inlet;
import io.fourfold.engine.Steering;
import io.fourfold.expression.Expressions;
import io.fourfold.log.Append;
import io.fourfold.log.Entry;
import io.fourfold.log.Log;
import io.fourfold.log.Receipt;
import io.fourfold.log.jpa.Durability;
import io.fourfold.log.jpa.JpaLog;
import io.fourfold.log.jpa.TestJpa;
import io.fourfold.trust.Trust;
import java.time.Clock;

/** What a server has of INGEST, without the server. */
record Node(Log log, Doorbell doorbell, Inlet inlet) {

    static Node on(TestJpa database, Durability durability) {
        Log log = new JpaLog(database.source(), database.units(), Clock.systemUTC(), durability);
        Doorbell doorbell = new Doorbell();
        Steering steering = Steering.of(log, new Expressions());
        Inlet inlet = new Inlet(new IngestLoop(log, doorbell), steering, log, new Trust(), Clock.systemUTC());
        return new Node(log, doorbell, inlet);
    }

    static Entry stored(Receipt receipt) {
        return switch (receipt) {
            case Receipt.Stored stored -> stored.entry();
            case Receipt.Refused refused ->
                throw new IllegalStateException(refused.refusal().message());
        };
    }

    void write(Append append) {
        stored(inlet.accept(append));
    }
}
