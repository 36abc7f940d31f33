package org.pcircle.work;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.pcircle.circle.Item;
import org.pcircle.circle.Message;
import org.pcircle.circle.MessageCodec;
import org.pcircle.fs.TreePath;
import org.pcircle.work.batch.CopyBatch;
import org.pcircle.workload.WorkItemCodec;

/** Messages to bytes and back: the smallest, and a grant of eight batches of 128 entries. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CodecCost {

    private static final int BATCHES = 8;
    private static final int ENTRIES = 128;
    private static final int RECORD_BYTES = 96;

    private final MessageCodec codec = new MessageCodec(new WorkItemCodec());
    private final ByteBuffer buffer = ByteBuffer.allocateDirect(1 << 20);
    private final Message small = new Message.Request();
    private Message grant;
    private ByteBuffer encodedGrant;

    @Setup
    public void encode() {
        List<Item> items = new ArrayList<>();
        for (int i = 0; i < BATCHES; i++) {
            TreePath directory = new TreePath("some/where/deep/down".getBytes(java.nio.charset.StandardCharsets.UTF_8));
            items.add(new CopyBatch(0, directory, new byte[ENTRIES * RECORD_BYTES], ENTRIES, 1 << 19));
        }
        grant = new Message.Grant(items, true);
        encodedGrant = ByteBuffer.allocateDirect(codec.encodedBytes(grant));
        codec.write(grant, encodedGrant);
    }

    @Benchmark
    public int writeRequest() {
        codec.write(small, buffer.clear());
        return buffer.position();
    }

    @Benchmark
    public int writeGrant() {
        codec.write(grant, buffer.clear());
        return buffer.position();
    }

    @Benchmark
    public Message readGrant() {
        return codec.read(encodedGrant.rewind());
    }
}
