package org.pcircle.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageBuffersTest {

    private final MessageBuffers buffers = new MessageBuffers();

    @ParameterizedTest
    @ValueSource(ints = {0, 1, MessageBuffers.SMALL_BYTES, MessageBuffers.SMALL_BYTES + 1, MessageBuffers.LARGE_BYTES})
    void aBufferIsUsedAgain(int bytes) {
        ByteBuffer first = buffers.take(bytes);
        assertThat(first.remaining()).isGreaterThanOrEqualTo(bytes);
        first.position(bytes);

        buffers.giveBack(first);

        assertThat(buffers.take(bytes)).isSameAs(first);
        assertThat(first.position()).isZero();
    }

    @Test
    void twoAtATimeAreNotTheSame() {
        assertThat(buffers.take(10)).isNotSameAs(buffers.take(10));
    }

    @Test
    void whatIsLongerThanAGrantIsNotKept() {
        ByteBuffer plan = buffers.take(MessageBuffers.LARGE_BYTES + 1);

        buffers.giveBack(plan);

        assertThat(buffers.take(MessageBuffers.LARGE_BYTES + 1)).isNotSameAs(plan);
    }

    @ParameterizedTest
    @ValueSource(ints = {MessageBuffers.SMALL_BYTES, MessageBuffers.LARGE_BYTES})
    void onlySoManyAreKept(int bytes) {
        List<ByteBuffer> taken = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            taken.add(buffers.take(bytes));
        }
        IdentityHashMap<ByteBuffer, Boolean> known = new IdentityHashMap<>();
        taken.forEach(buffer -> known.put(buffer, true));
        taken.forEach(buffers::giveBack);

        long kept = taken.stream()
                .filter(any -> known.containsKey(buffers.take(bytes)))
                .count();

        assertThat(kept).isEqualTo(bytes == MessageBuffers.SMALL_BYTES ? 64 : 8);
    }
}
