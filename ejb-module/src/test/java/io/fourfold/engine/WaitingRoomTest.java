package io.fourfold.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.fourfold.log.Act;
import io.fourfold.log.Append;
import io.fourfold.log.Did;
import io.fourfold.log.Draft;
import io.fourfold.log.Json;
import io.fourfold.log.ThreadId;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {

    @Test
    void aGroupIsBoundedInBytesButNeverEmpty() {
        WaitingRoom room = new WaitingRoom(10, 1_000);
        Append append = Append.of(Draft.of(new ThreadId("th_x"), new Did("did:x:y"), Act.DO, Json.EMPTY));
        for (int i = 0; i < 4; i++) {
            assertThat(room.enter(new WaitingAppend(append, Thread.currentThread())))
                    .isEqualTo(i < 3);
        }

        assertThat(room.nextGroup(10, 600)).hasSize(2);
        assertThat(room.nextGroup(10, 1)).hasSize(1);
        assertThat(room.nextGroup(10, 1)).isEmpty();
        assertThat(room.size()).isZero();
    }

    @Test
    void aSingleAppendMayBeLargerThanTheRoom() {
        WaitingRoom room = new WaitingRoom(10, 1);
        Append append = Append.of(Draft.of(new ThreadId("th_x"), new Did("did:x:y"), Act.DO, Json.EMPTY));

        assertThat(room.enter(new WaitingAppend(append, Thread.currentThread())))
                .isTrue();
        assertThat(room.enter(new WaitingAppend(append, Thread.currentThread())))
                .isFalse();
        assertThat(room.size()).isEqualTo(1);
    }
}
