package io.fourfold.queue;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.jpa.TestJpa;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Two nodes on one queue, with whatever may happen between two of their claims, against a line on paper. */
@Tag("machine")
class LineSimulationTest {

    private static final int STEPS = 10_000;
    private static final int WAITING_MAX = 60;
    private static final Map<String, Integer> KEYS = Map.of("one", 1, "two", 2, "three", 1);
    private static final List<String> TAGS = List.of("all", "workflow:a", "workflow:b", "namespace:acme");

    /** One in line, or held by the claim given. */
    private static final class Guest {
        final String lane;
        final List<String> tags;
        boolean begun;
        Claim claim;
        WorkQueue holder;

        Guest(String lane, List<String> tags) {
            this.lane = lane;
            this.tags = tags;
        }
    }

    private final Map<String, Guest> line = new LinkedHashMap<>();
    private final TreeSet<String> held = new TreeSet<>();
    private TestJpa database;
    private Connection connection;
    private List<WorkQueue> nodes;
    private int limit = 4;
    private int came;
    private int went;

    @BeforeEach
    void open() throws SQLException {
        database = TestJpa.fresh();
        connection = database.source().getConnection();
        nodes = Stream.of("here", "there")
                .map(node -> new WorkQueue(database.source(), "execution", node))
                .toList();
    }

    @AfterEach
    void close() throws SQLException {
        connection.close();
        database.close();
    }

    @ParameterizedTest
    @ValueSource(longs = {41, 42})
    void theLimitsAreKeptTheFirstWhoMayGoGoAndNobodyStarves(long seed) throws SQLException {
        Random random = new Random(seed);
        for (int step = 0; step < STEPS; step++) {
            step(random, "seed " + seed + ", step " + step);
        }
        held.clear();
        for (int turn = 0; !line.isEmpty(); turn++) {
            assertThat(turn)
                    .as("seed " + seed + ": still waiting " + line.keySet())
                    .isLessThan(WAITING_MAX + 1);
            claim(nodes.get(turn % 2), limit, "seed " + seed + ", at the end");
            for (String id : running()) {
                end(id);
            }
        }
        assertThat(went).isEqualTo(came);
    }

    private void step(Random random, String message) throws SQLException {
        int die = random.nextInt(100);
        if (die < 35) {
            if (line.size() < WAITING_MAX) {
                come(random);
            }
        } else if (die < 65) {
            claim(nodes.get(random.nextInt(2)), 1 + random.nextInt(4), message);
        } else if (die < 90) {
            List<String> running = running();
            if (!running.isEmpty()) {
                end(running.get(random.nextInt(running.size())));
            }
        } else if (die < 96) {
            String tag = TAGS.get(random.nextInt(TAGS.size()));
            if (!held.remove(tag)) {
                held.add(tag);
            }
        } else if (die < 98) {
            limit = 1 + random.nextInt(6);
        } else if (die < 99) {
            crash(nodes.get(random.nextInt(2)));
        } else {
            withdraw(random);
        }
    }

    private void come(Random random) throws SQLException {
        String id = "exec-" + ++came;
        String lane = random.nextBoolean()
                ? ""
                : List.copyOf(new TreeSet<>(KEYS.keySet())).get(random.nextInt(3));
        List<String> tags = List.of("all", TAGS.get(1 + random.nextInt(3)));
        sql(
                "insert into work_queue (id, queue, lane, lane_limit, position, tags) values (?, 'execution', ?,"
                        + " ?::int, ?::bigint, to_jsonb(?::text[]))",
                id,
                lane,
                KEYS.containsKey(lane) ? KEYS.get(lane).toString() : null,
                Integer.toString(came),
                "{" + String.join(",", tags) + "}");
        line.put(id, new Guest(lane, tags));
    }

    private List<String> running() {
        return line.keySet().stream().filter(id -> line.get(id).claim != null).toList();
    }

    private void claim(WorkQueue node, int room, String message) throws SQLException {
        List<String> expected = expected(room);
        List<Claim> claims = node.claim(new Lanes(limit, room, Map.of()), List.copyOf(held));
        assertThat(claims).extracting(Claim::id).as(message).containsExactlyElementsOf(expected);
        boolean anyNew = false;
        for (Claim claim : claims) {
            Guest guest = line.get(claim.id());
            guest.claim = claim;
            guest.holder = node;
            anyNew |= !guest.begun;
            begin(claim.id(), guest);
        }
        for (Map.Entry<String, Integer> key : KEYS.entrySet()) {
            assertThat(running().stream().filter(id -> line.get(id).lane.equals(key.getKey())))
                    .as(message + ", the key " + key.getKey())
                    .hasSizeLessThanOrEqualTo(key.getValue());
        }
        assertThat(!anyNew || running().size() <= limit).as(message).isTrue();
    }

    /** The log says so; of every third nothing is heard any more. */
    private void begin(String id, Guest guest) throws SQLException {
        if (!guest.begun && guest.claim.token() % 3 != 0) {
            guest.begun = true;
            sql("update work_queue set begun = true, tags = '[]' where id = ?", id);
        }
    }

    /** The first who may go, as the limits leave room. */
    private List<String> expected(int room) {
        List<String> go = new ArrayList<>();
        Map<String, Integer> inLane = new HashMap<>();
        running().forEach(id -> inLane.merge(line.get(id).lane, 1, Integer::sum));
        List<String> begun = line.keySet().stream()
                .filter(id -> line.get(id).claim == null && line.get(id).begun)
                .toList();
        begun.stream().limit(room).forEach(id -> {
            inLane.merge(line.get(id).lane, 1, Integer::sum);
            go.add(id);
        });
        int free = Math.min(room, limit - running().size());
        for (Map.Entry<String, Guest> next : line.entrySet()) {
            Guest guest = next.getValue();
            boolean may =
                    guest.claim == null && !guest.begun && guest.tags.stream().noneMatch(held::contains);
            int most = KEYS.getOrDefault(guest.lane, Integer.MAX_VALUE);
            if (go.size() < free && may && inLane.getOrDefault(guest.lane, 0) < most) {
                inLane.merge(guest.lane, 1, Integer::sum);
                go.add(next.getKey());
            }
        }
        go.sort(Comparator.comparing(List.copyOf(line.keySet())::indexOf));
        return go;
    }

    /** First the log says so, then the worker lets go. */
    private void end(String id) throws SQLException {
        sql("update work_queue set over = true where id = ?", id);
        Guest guest = line.remove(id);
        guest.holder.letGo(guest.claim);
        went++;
    }

    private void crash(WorkQueue node) throws SQLException {
        for (String id : running()) {
            Guest guest = line.get(id);
            if (guest.holder == node) {
                sql("update work_queue set leased_until = now() - interval '1 s' where id = ?", id);
                guest.claim = null;
            }
        }
    }

    private void withdraw(Random random) throws SQLException {
        List<String> waiting =
                line.keySet().stream().filter(id -> line.get(id).claim == null).toList();
        if (!waiting.isEmpty()) {
            String id = waiting.get(random.nextInt(waiting.size()));
            sql("delete from work_queue where id = ?", id);
            line.remove(id);
            went++;
        }
    }

    private void sql(String text, String... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(text)) {
            for (int i = 0; i < values.length; i++) {
                statement.setString(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }
}
