package io.fourfold.bench;

import io.fourfold.engine.Doorbell;
import io.fourfold.log.Log;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;

/** Registers as a stream does, takes one page and never comes back. */
record DeadSubscriber(Doorbell doorbell, Log log, CountDownLatch end) implements Runnable {

    @Override
    public void run() {
        Semaphore rings = new Semaphore(0);
        Doorbell.Subscription listening = doorbell.listen(rings::release);
        try {
            log.after(0, Log.READ_MAX);
            end.await();
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        } finally {
            listening.close();
        }
    }
}
