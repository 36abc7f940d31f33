package org.pcircle.journal;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.pcircle.wire.Wire;

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
        int bytes = 7 * Integer.BYTES
                + 1
                + Long.BYTES
                + Wire.encodedBytes(id)
                + Wire.encodedBytes(directory)
                + Wire.encodedBytes(plan);
        for (String host : hosts) {
            bytes += Wire.encodedBytes(host);
        }
        ByteBuffer record = ByteBuffer.allocate(bytes);
        record.putInt(MAGIC).putInt(VERSION);
        Wire.writeText(id, record);
        record.putInt(attempt).putInt(epoch).putInt(ranks);
        Wire.writeFlag(flushed, record);
        record.putInt(hosts.size());
        for (String host : hosts) {
            Wire.writeText(host, record);
        }
        record.putLong(startedSeconds).putInt(startedNanoseconds);
        Wire.writeBytes(directory, record);
        Wire.writeBytes(plan, record);
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
        String id = Wire.readText(source);
        int attempt = source.getInt();
        int epoch = source.getInt();
        int ranks = source.getInt();
        boolean flushed = Wire.readFlag(source);
        int count = Wire.readCount(source, Integer.BYTES);
        List<String> hosts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            hosts.add(Wire.readText(source));
        }
        long seconds = source.getLong();
        int nanoseconds = source.getInt();
        byte[] directory = Wire.readBytes(source);
        byte[] plan = Wire.readBytes(source);
        if (source.hasRemaining() || attempt < 0 || epoch < 0 || ranks < 0) {
            throw new IllegalArgumentException("no checkpoint");
        }
        return new Checkpoint(id, attempt, epoch, ranks, flushed, hosts, seconds, nanoseconds, directory, plan);
    }
}
