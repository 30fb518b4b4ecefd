package io.fourfold.orchestration.execution;

import io.fourfold.orchestration.workspace.Sandbox;
import java.time.Duration;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantLock;

/** An agent that is stopped when it has worked too long; while it is held, its clock stands still. */
final class TimedAgent implements Sandbox.Running {

    /** A stop that failed is tried again after so long. */
    private static final int AGAIN_SECONDS = 5;

    private final Sandbox.Running agent;
    private final ScheduledExecutorService alarms;
    private final ReentrantLock lock = new ReentrantLock();
    private ScheduledFuture<?> alarm;
    private long leftMillis;
    private boolean late;

    /** With so much time left; an agent that is {@code held} already has its clock standing still. */
    TimedAgent(Sandbox.Running agent, ScheduledExecutorService alarms, Duration left, boolean held) {
        this.agent = agent;
        this.alarms = alarms;
        this.leftMillis = Math.max(0, left.toMillis());
        if (!held) {
            wind();
        }
    }

    /** Whether its clock stands still. */
    boolean isHeld() {
        lock.lock();
        try {
            return alarm == null;
        } finally {
            lock.unlock();
        }
    }

    /** Whether it was stopped for having worked too long. */
    boolean isLate() {
        lock.lock();
        try {
            return late;
        } finally {
            lock.unlock();
        }
    }

    /** Ends the watch over it. */
    void unwatch() {
        lock.lock();
        try {
            unwind();
        } finally {
            lock.unlock();
        }
    }

    @Override
    public int await() throws InterruptedException {
        return agent.await();
    }

    @Override
    public boolean isOver() {
        return agent.isOver();
    }

    @Override
    public void stop() {
        agent.stop();
    }

    @Override
    public void freeze() {
        agent.freeze();
        unwatch();
    }

    @Override
    public void thaw() {
        agent.thaw();
        lock.lock();
        try {
            wind();
        } finally {
            lock.unlock();
        }
    }

    private void wind() {
        if (alarm == null) {
            alarm = alarms.schedule(this::ring, leftMillis, TimeUnit.MILLISECONDS);
        }
    }

    private void unwind() {
        if (alarm != null) {
            leftMillis = Math.max(0, alarm.getDelay(TimeUnit.MILLISECONDS));
            alarm.cancel(false);
            alarm = null;
        }
    }

    /** Work that was done in time stays done, however late its words are read. */
    private void ring() {
        if (agent.isOver()) {
            return;
        }
        lock.lock();
        try {
            if (alarm == null) {
                return;
            }
            late = true;
            alarm = alarms.schedule(this::ring, AGAIN_SECONDS, TimeUnit.SECONDS);
        } finally {
            lock.unlock();
        }
        agent.stop();
    }
}
