package io.fourfold.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.LongStream;

/** What many callers of one operation saw: sorted latencies, and how long the whole took. */
record Measured(long[] nanos, double seconds, int recordsPerCall) {

    /** One call, to be timed; callers are numbered from 0. */
    interface Call {
        void run(int caller) throws Exception;
    }

    static Measured of(int callers, double seconds, int recordsPerCall, Call call) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(callers)) {
            long begin = System.nanoTime();
            long end = begin + (long) (seconds * 1e9);
            List<Callable<long[]>> work = new ArrayList<>();
            for (int caller = 0; caller < callers; caller++) {
                int number = caller;
                work.add(() -> callUntil(end, number, call));
            }
            List<long[]> all = new ArrayList<>();
            for (Future<long[]> each : threads.invokeAll(work)) {
                all.add(each.get());
            }
            double took = (System.nanoTime() - begin) / 1e9;
            long[] sorted = all.stream().flatMapToLong(Arrays::stream).sorted().toArray();
            return new Measured(sorted, took, recordsPerCall);
        }
    }

    private static long[] callUntil(long end, int caller, Call call) throws Exception {
        LongStream.Builder nanos = LongStream.builder();
        for (long before = System.nanoTime(); before < end; ) {
            call.run(caller);
            long after = System.nanoTime();
            nanos.add(after - before);
            before = after;
        }
        return nanos.build().toArray();
    }

    /** Both as one: all latencies, all time. */
    Measured and(Measured more) {
        long[] all = LongStream.concat(Arrays.stream(nanos), Arrays.stream(more.nanos))
                .sorted()
                .toArray();
        return new Measured(all, seconds + more.seconds, recordsPerCall);
    }

    double recordsPerSecond() {
        return nanos.length * (double) recordsPerCall / seconds;
    }

    double micros(double share) {
        return nanos[(int) Math.min(nanos.length - 1, nanos.length * share)] / 1e3;
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%,9.1f µs p10 %,9.1f µs p50 %,10.1f µs p99 %,9.0f records/s",
                micros(0.10),
                micros(0.50),
                micros(0.99),
                recordsPerSecond());
    }
}
