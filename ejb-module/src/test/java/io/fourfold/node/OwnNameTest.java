package io.fourfold.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fourfold.log.jpa.TestJpa;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("machine")
class OwnNameTest {

    private static final Incarnation HERE = new Incarnation("here", 1, 5);
    private static final Incarnation THERE = new Incarnation("there", 1, 7);

    private TestJpa database;
    private NodeTable nodes;
    private Duration waited = Duration.ZERO;

    @BeforeEach
    void open() {
        database = TestJpa.fresh();
        nodes = new NodeTable(database.source());
    }

    @AfterEach
    void close() {
        database.close();
    }

    private OwnName name(Incarnation self, Consumer<Duration> meanwhile) {
        return new OwnName(nodes, "one", Role.ALL, self, pause -> {
            waited = waited.plus(pause);
            meanwhile.accept(pause);
        });
    }

    private OwnName name(Incarnation self) {
        return name(self, pause -> {});
    }

    private void lastHeardBefore(int seconds) {
        try (Connection connection = database.source().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("update node set seen_at = seen_at - make_interval(secs => " + seconds + ")");
        } catch (SQLException broken) {
            throw new IllegalStateException(broken);
        }
    }

    @Test
    void aSecondServerOfTheNameIsRefusedNamingTheSetting() {
        OwnName first = name(HERE);
        first.take("fourfold.node");
        OwnName second = name(THERE, pause -> first.beat());

        assertThatThrownBy(() -> second.take("fourfold.node"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("fourfold.node: expected a name that no other server on this database has, but was one,"
                        + " and the server of that name is up");
        assertThat(waited).isEqualTo(Duration.ofSeconds(OwnName.WAIT_SECONDS));
        assertThat(second.isOurs()).isFalse();
        second.leave();
        first.beat();
        assertThat(first.isOurs()).isTrue();
        assertThat(nodes.all()).extracting(Node::name).containsExactly("one");
    }

    @Test
    void aNameIsHadAgainOnceItsLastServerHasFallenSilent() {
        name(HERE).take("fourfold.node");
        OwnName second = name(THERE, pause -> lastHeardBefore(4));
        second.take("fourfold.node");
        assertThat(second.isOurs()).isTrue();
        assertThat(waited).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void whoStopsInGoodOrderLeavesTheNameAtOnce() {
        OwnName first = name(HERE);
        first.take("fourfold.node");
        first.leave();
        name(THERE).take("fourfold.node");
        assertThat(waited).isZero();
    }

    @Test
    void whoIsGoneForCertainIsNotWaitedFor() {
        name(HERE).take("fourfold.node");
        name(new Incarnation("here", 1, 6)).take("fourfold.node");
        assertThat(waited).isZero();
    }

    @Test
    void whoWasSilentAndLostItsNameKnows() {
        OwnName first = name(HERE);
        first.take("fourfold.node");
        lastHeardBefore(NodeTable.SILENT_SECONDS + 1);
        OwnName second = name(THERE);
        second.take("fourfold.node");
        first.beat();
        assertThat(first.isOurs()).isFalse();
        second.leave();
        first.beat();
        assertThat(first.isOurs()).isTrue();
    }

    @Test
    void aProcessIsGoneOnlyWhereItCouldBeSeen() throws IOException, InterruptedException {
        Incarnation self = Incarnation.here(1);
        Process other = new ProcessBuilder("cat").start();
        String alive = new Incarnation(self.home(), other.pid(), 1).toString();
        assertThat(self.knowsGone(alive)).isFalse();
        other.destroyForcibly().waitFor();
        assertThat(self.knowsGone(alive)).isTrue();
        assertThat(self.knowsGone(new Incarnation("elsewhere", other.pid(), 1).toString()))
                .isFalse();
        assertThat(self.knowsGone(self.toString())).isFalse();
        assertThat(self.knowsGone("")).isFalse();
    }

    @Test
    void nodesAreThereWhileTheySaySo() {
        nodes.beat("one", Role.EXECUTOR, "a");
        nodes.beat("two", Role.API, "b");
        lastHeardBefore(31);
        nodes.beat("two", Role.API, "b");
        assertThat(nodes.all()).extracting(Node::name).containsExactly("one", "two");
        assertThat(nodes.all()).extracting(Node::present).containsExactly(false, true);
        assertThat(nodes.all()).extracting(Node::role).containsExactly(Role.EXECUTOR, Role.API);
        nodes.leave("two", "b");
        assertThat(nodes.all()).extracting(Node::name).containsExactly("one");
    }
}
