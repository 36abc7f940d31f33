package org.pcircle.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.pcircle.Golden;
import org.pcircle.circle.Message;
import org.pcircle.circle.MessageCodec;
import org.pcircle.wire.MalformedMessageException;
import org.pcircle.work.Samples;

/** Messages and the work in them, there and back. */
class WorkItemCodecTest {

    private final MessageCodec codec = new MessageCodec(new WorkItemCodec());

    static Stream<Message> messages() {
        List<Message> messages = new ArrayList<>(List.of(
                new Message.Request(),
                new Message.Lifeline(),
                new Message.Refusal(),
                new Message.Grant(Samples.items(), true),
                new Message.Start(new byte[] {1, 2, 3}),
                new Message.Wave(1, 2),
                new Message.Count(1, 1L << 40, 3),
                new Message.Reduce(new long[] {1, 2, 3}),
                new Message.Stop(4, "full \u00e9"),
                new Message.Quiesce(1, 2),
                new Message.Quiet(1, 2, 1L << 40, 3),
                new Message.Snapshot(1),
                new Message.Snapped(1),
                new Message.Resume(1),
                new Message.Written(1, true),
                new Message.EpochEnded(1, false),
                new Message.Finish(),
                new Message.Final(new long[] {4}, 5, 6),
                new Message.Exit(1)));
        Samples.items().forEach(item -> messages.add(new Message.Grant(List.of(item), false)));
        Samples.notices().forEach(notice -> messages.add(new Message.Note(notice)));
        return messages.stream();
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageComesBackAsItWas(Message message) {
        ByteBuffer written = write(message);
        ByteBuffer again = write(codec.read(written.duplicate()));
        assertThat(again).isEqualTo(written);
    }

    @Test
    void messagesHaveTheBytesTheyAlwaysHad() throws IOException {
        Golden.assertUnchanged("messages", messages().map(this::write).toList());
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageTakesTheBytesItSays(Message message) {
        assertThat(write(message).remaining()).isEqualTo(codec.encodedBytes(message));
    }

    @ParameterizedTest
    @MethodSource("messages")
    void aMessageCutShortIsRefused(Message message) {
        ByteBuffer written = write(message);
        for (int length = 0; length < written.limit(); length++) {
            ByteBuffer cut = written.duplicate().limit(length);
            assertThatThrownBy(() -> codec.read(cut)).isInstanceOf(MalformedMessageException.class);
        }
    }

    @Test
    void aMessageOfAnotherVersionIsRefused() {
        ByteBuffer written = write(new Message.Request());
        written.put(2, (byte) 99);
        assertThatThrownBy(() -> codec.read(written))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("another pcircle");
    }

    @Test
    void aFlagThatIsNeitherYesNorNoIsRefused() {
        ByteBuffer written = write(new Message.EpochEnded(1, true));
        written.put(written.limit() - 1, (byte) 2);
        assertThatThrownBy(() -> codec.read(written))
                .isInstanceOf(MalformedMessageException.class)
                .hasMessageContaining("neither yes nor no");
    }

    @Property
    void aDamagedMessageIsReadOrRefusedAndNothingElse(
            @ForAll @IntRange(max = 999) int which,
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 100_000) Integer> positions,
            @ForAll byte damage) {
        List<Message> all = messages().toList();
        ByteBuffer written = write(all.get(which % all.size()));
        for (int position : positions) {
            int at = position % written.limit();
            written.put(at, (byte) (written.get(at) ^ damage));
        }
        try {
            codec.read(written);
        } catch (MalformedMessageException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    @Property
    void anyBytesAreReadOrRefusedAndNothingElse(@ForAll byte[] body, @ForAll @IntRange(max = 20) int kind) {
        ByteBuffer message = ByteBuffer.allocate(MessageCodec.HEADER_BYTES + body.length);
        message.putShort((short) 0x5043)
                .put((byte) 1)
                .put((byte) kind)
                .putInt(body.length)
                .put(body)
                .flip();
        try {
            codec.read(message);
        } catch (MalformedMessageException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    private ByteBuffer write(Message message) {
        ByteBuffer buffer = ByteBuffer.allocate(1 << 16);
        codec.write(message, buffer);
        return buffer.flip();
    }
}
