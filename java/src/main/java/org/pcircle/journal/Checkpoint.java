package org.pcircle.journal;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * The record that makes a checkpoint valid: written by rank 0 when the snapshots of all ranks are safe. As a file it is
 * one sealed {@link SpoolBlock}.
 *
 * @param id of the run
 * @param attempt number of times the run had been resumed when the checkpoint was taken
 * @param epoch of the snapshots; 0: nothing had been copied
 * @param ranks number of ranks that took snapshots; 0: no snapshots, the plan is enough
 * @param flushed whether everything copied so far was flushed to its device or server
 * @param hosts boot ID of the host that all ranks were on; empty if there were several hosts
 * @param startedSeconds when the run first began, by the clock of the destination's file system
 * @param startedNanoseconds besides
 * @param directory that relative paths of the plan are relative to
 * @param plan of the run, encoded
 */
public record Checkpoint(
        String id,
        int attempt,
        int epoch,
        int ranks,
        boolean flushed,
        List<String> hosts,
        long startedSeconds,
        int startedNanoseconds,
        byte[] directory,
        byte[] plan) {

    private static final int MAGIC = 0x5043434b; // "PCCK"
    private static final int VERSION = 1;

    public Checkpoint {
        hosts = List.copyOf(hosts);
    }

    public ByteBuffer encode() {
        byte[] idBytes = utf8(id);
        int bytes =
                8 * Integer.BYTES + idBytes.length + 1 + Long.BYTES + Integer.BYTES + directory.length + plan.length;
        for (String host : hosts) {
            bytes += Integer.BYTES + utf8(host).length;
        }
        ByteBuffer record = ByteBuffer.allocate(bytes + Integer.BYTES);
        record.putInt(MAGIC).putInt(VERSION);
        put(idBytes, record);
        record.putInt(attempt)
                .putInt(epoch)
                .putInt(ranks)
                .put((byte) (flushed ? 1 : 0))
                .putInt(hosts.size());
        for (String host : hosts) {
            put(utf8(host), record);
        }
        record.putLong(startedSeconds).putInt(startedNanoseconds);
        put(directory, record);
        put(plan, record);
        BlockFiller filler = new BlockFiller(SpoolBlock.BYTES_MAX);
        filler.append(record.flip());
        ByteBuffer block = filler.finish();
        if (block == null) {
            throw new IllegalStateException("a record was appended");
        }
        return block;
    }

    /** Reads the record that is all of a buffer. */
    public static Checkpoint decode(ByteBuffer block) throws SpoolBlock.DamagedException {
        if (block.limit() != SpoolBlock.length(block)) {
            throw new SpoolBlock.DamagedException("it is cut short, or longer than it says");
        }
        List<Checkpoint> read = new ArrayList<>();
        SpoolBlock.read(block, record -> read.add(decodeRecord(record)));
        if (read.size() != 1) {
            throw new SpoolBlock.DamagedException("it is not one record");
        }
        return read.get(0);
    }

    private static Checkpoint decodeRecord(ByteBuffer source) {
        if (source.getInt() != MAGIC) {
            throw new IllegalArgumentException("no checkpoint");
        }
        int version = source.getInt();
        if (version != VERSION) {
            throw new IllegalArgumentException("version " + version);
        }
        String id = new String(take(source), StandardCharsets.UTF_8);
        int attempt = source.getInt();
        int epoch = source.getInt();
        int ranks = source.getInt();
        boolean flushed = source.get() != 0;
        int count = source.getInt();
        List<String> hosts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            hosts.add(new String(take(source), StandardCharsets.UTF_8));
        }
        long seconds = source.getLong();
        int nanoseconds = source.getInt();
        byte[] directory = take(source);
        byte[] plan = take(source);
        if (source.hasRemaining() || attempt < 0 || epoch < 0 || ranks < 0) {
            throw new IllegalArgumentException("no checkpoint");
        }
        return new Checkpoint(id, attempt, epoch, ranks, flushed, hosts, seconds, nanoseconds, directory, plan);
    }

    private static void put(byte[] bytes, ByteBuffer target) {
        target.putInt(bytes.length).put(bytes);
    }

    private static byte[] take(ByteBuffer source) {
        int length = source.getInt();
        if (length < 0 || length > source.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] bytes = new byte[length];
        source.get(bytes);
        return bytes;
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
