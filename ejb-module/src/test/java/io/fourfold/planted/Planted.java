package io.fourfold.planted;

import io.fourfold.kit.Projection;
import io.fourfold.log.Entry;
import io.fourfold.plantedagain.Circle;
import jakarta.inject.Inject;
import java.io.File;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;

/** Classes that break the rules of the architecture, one rule each, so that each rule is known to catch something. */
public final class Planted {

    private Planted() {}

    static final class Injected {
        @Inject
        Object something;
    }

    static final class ReadsFiles implements Projection<String> {
        @Override
        public String name() {
            return File.separator;
        }

        @Override
        public Class<String> rowType() {
            return String.class;
        }

        @Override
        public Set<String> keys(Entry entry) {
            return Set.of();
        }

        @Override
        public String fold(String key, String current, Entry entry) {
            return current;
        }
    }

    static final class KnowsItsCallers {
        Object page = new io.fourfold.web.Page();
    }

    public static final class ThereAndBack {
        Circle circle;
    }

    static final class AsksTheClock {
        Supplier<Instant> clock = Instant::now;
    }

    static final class AsksTheCalendar {
        LocalDate today = LocalDate.now();
    }

    static final class ThrowsDice {
        UUID id = UUID.randomUUID();
    }

    static final class ThrowsOtherDice {
        double chance = Math.random();
    }

    static final class MakesDice {
        Random dice = new Random();
    }

    static final class Sleeps {
        void sleep() throws InterruptedException {
            Thread.sleep(1);
        }
    }

    static final class Prints {
        void print() {
            System.out.println("x");
        }
    }

    static final class PrintsErrors {
        void print() {
            System.err.println("x");
        }
    }

    static final class LogImpl {}

    static final class LogService {}

    static final class LogManager {}

    static final class LogHelper {}

    static final class LogUtil {}

    static final class LogUtils {}

    static final class AbstractLog {}

    static final class BaseLog {}

    interface ILog {}

    static final class DefaultLog {}

    static final class Record {}
}
