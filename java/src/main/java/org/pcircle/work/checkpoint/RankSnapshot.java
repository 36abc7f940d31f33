package org.pcircle.work.checkpoint;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Counts;
import org.pcircle.circle.Item;
import org.pcircle.circle.ItemCodec;
import org.pcircle.digest.Algorithm;
import org.pcircle.digest.DatasetSum;
import org.pcircle.fs.FileException;
import org.pcircle.fs.TreePath;
import org.pcircle.journal.RecordBlocks;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.plan.CheckpointOptions;
import org.pcircle.plan.Plan;
import org.pcircle.report.Counter;
import org.pcircle.wire.Wire;
import org.pcircle.work.RankContext;
import org.pcircle.work.filesfrom.CopyFilesFrom;
import org.pcircle.work.largefile.LargeFileState;
import org.pcircle.work.spool.RestoreSpool;
import org.pcircle.work.spool.SpoolRestored;
import org.pcircle.work.walk.PendingDirectory;

/**
 * The state of one rank in a checkpoint, at a moment when no message is in flight: filled on the rank's thread, from
 * immutable objects, and then written by another thread. Several snapshots that are read are merged into one.
 *
 * <p>A snapshot file consists of {@link SpoolBlock}s of records, each a byte that says its kind and then its fields;
 * the first names the run, epoch and rank, the last says how many there are.
 */
public final class RankSnapshot {

    private static final int VERSION = 3;
    private static final byte HEAD = 1;
    private static final byte COUNTERS = 2;
    private static final byte SUM = 3;
    private static final byte ITEM = 4;
    private static final byte FILE = 5;
    private static final byte EXTENT = 6;
    private static final byte RECORD = 7;
    private static final byte TOP = 8;
    private static final byte PLACE = 9;
    private static final byte END = 10;

    /** Blocks {@code [from, to)} of a file of a spool. */
    public record Extent(String spool, String file, long from, long to) {}

    /** A block of a spool, in memory. */
    public record Block(String spool, ByteBuffer block) {}

    private final ItemCodec codec;

    public long[] counters = new long[0];

    @Nullable
    public DatasetSum signed;

    public final List<Item> items = new ArrayList<>();
    public final List<LargeFileState> files = new ArrayList<>();
    public final List<Extent> extents = new ArrayList<>();
    public final List<Block> blocks = new ArrayList<>();

    /** The tops that have been created. */
    public final List<PendingDirectory> tops = new ArrayList<>();

    /** How far --files-from has been processed; null if there is no list, or if it is done. */
    public CopyFilesFrom.@Nullable Place place;

    /** Identifies a snapshot. */
    public record Head(String id, int attempt, int epoch, int rank, int ranks) {

        /** Identifies the snapshot of a rank in this attempt. */
        public static Head of(Plan plan, int epoch, int rank, int ranks) {
            return new Head(plan.id(), plan.options().checkpoints().attempt(), epoch, rank, ranks);
        }
    }

    /** @param codec for its items */
    public RankSnapshot(ItemCodec codec) {
        this.codec = codec;
    }

    /**
     * Reads the merged snapshots that a rank takes over from the ranks of the resumed run.
     *
     * @param codec for the items
     * @return null if nothing is to be restored
     */
    public static @Nullable RankSnapshot restored(ItemCodec codec, Plan plan, RankContext rankContext, int ranksNow)
            throws FileException, SpoolBlock.DamagedException {
        CheckpointOptions.Resumption resumption = plan.options().checkpoints().resumption();
        if (resumption == null || resumption.ranks() == 0) {
            return null;
        }
        RankSnapshot restored = new RankSnapshot(codec);
        restored.counters = new long[Counter.COUNT];
        rankContext.readSnapshots(
                resumption,
                ranksNow,
                (rank, file) -> restored.addEncoded(
                        file,
                        new Head(
                                plan.id(),
                                resumption.snapshotAttempt(),
                                resumption.epoch(),
                                rank,
                                resumption.ranks())));
        return restored;
    }

    /** The snapshot as blocks of a file. */
    public List<ByteBuffer> encode(Head head) {
        Encoder encoder = new Encoder();
        ByteBuffer start = encoder.begin(HEAD, 5 * Integer.BYTES + Wire.encodedBytes(head.id()))
                .putInt(VERSION);
        Wire.writeText(head.id(), start);
        encoder.end(start.putInt(head.attempt())
                .putInt(head.epoch())
                .putInt(head.rank())
                .putInt(head.ranks()));
        ByteBuffer counts = encoder.begin(COUNTERS, Long.BYTES * counters.length);
        for (long counter : counters) {
            counts.putLong(counter);
        }
        encoder.end(counts);
        if (signed != null) {
            ByteBuffer sum = encoder.begin(SUM, 1 + signed.encodedBytes());
            Wire.writeConstantOrNone(signed.algorithm(), sum);
            signed.write(sum);
            encoder.end(sum);
        }
        for (Item item : items) {
            ByteBuffer record = encoder.begin(ITEM, item.encodedBytes());
            codec.write(item, record);
            encoder.end(record);
        }
        for (LargeFileState file : files) {
            ByteBuffer record = encoder.begin(FILE, file.encodedBytes());
            file.write(record);
            encoder.end(record);
        }
        encodeSpools(encoder);
        for (PendingDirectory top : tops) {
            ByteBuffer record = encoder.begin(TOP, top.encodedBytes());
            top.write(record);
            encoder.end(record);
        }
        if (place != null) {
            encodePlace(place, encoder);
        }
        encoder.end(encoder.begin(END, Long.BYTES).putLong(encoder.count));
        return encoder.blocks.finish();
    }

    private void encodeSpools(Encoder encoder) {
        for (Extent extent : extents) {
            RestoreSpool item = new RestoreSpool(extent.spool(), extent.file(), extent.from(), extent.to());
            ByteBuffer record = encoder.begin(EXTENT, item.encodedBytes());
            codec.write(item, record);
            encoder.end(record);
        }
        for (Block block : blocks) {
            encodeRecords(block, encoder);
        }
    }

    private static void encodeRecords(Block block, Encoder encoder) {
        try {
            SpoolBlock.read(block.block(), spooled -> {
                ByteBuffer record = encoder.begin(RECORD, Wire.encodedBytes(block.spool()) + spooled.remaining());
                Wire.writeText(block.spool(), record);
                encoder.end(record.put(spooled));
            });
        } catch (SpoolBlock.DamagedException e) {
            throw new IllegalStateException("a block was damaged in memory", e);
        }
    }

    private static void encodePlace(CopyFilesFrom.Place place, Encoder encoder) {
        int bytes = TreePath.encodedBytesOrNone(place.last())
                + place.made().encodedBytes()
                + TreePath.encodedBytesOrNone(place.covered());
        ByteBuffer record = encoder.begin(PLACE, bytes);
        TreePath.writeOrNone(place.last(), record);
        place.made().write(record);
        TreePath.writeOrNone(place.covered(), record);
        encoder.end(record);
    }

    private static final class Encoder {
        final RecordBlocks blocks = new RecordBlocks();
        long count;

        ByteBuffer begin(byte kind, int bytesMax) {
            return ByteBuffer.allocate(1 + bytesMax).put(kind);
        }

        void end(ByteBuffer record) {
            count++;
            blocks.append(record.flip());
        }
    }

    /** Merges the contents of a file, which is in a buffer. */
    public void addEncoded(ByteBuffer file, Head head) throws SpoolBlock.DamagedException {
        Decoder decoder = new Decoder(head);
        ByteBuffer left = file.duplicate();
        while (left.hasRemaining()) {
            ByteBuffer block = left.slice();
            SpoolBlock.read(block, decoder::read);
            left.position(left.position() + SpoolBlock.length(block));
        }
        if (!decoder.isAtEnd) {
            throw new SpoolBlock.DamagedException("it is cut short");
        }
    }

    /** Malformed records raise an exception that {@link SpoolBlock#read} reports as damage. */
    private final class Decoder {
        private final Head head;
        private long count;
        private boolean isAtEnd;

        Decoder(Head head) {
            this.head = head;
        }

        void read(ByteBuffer record) {
            byte kind = record.get();
            require((kind == HEAD) == (count == 0) && !isAtEnd);
            switch (kind) {
                case HEAD -> readHead(record);
                case COUNTERS -> readCounters(record);
                case SUM -> readSum(record);
                case ITEM -> items.add(codec.readItem(record));
                case FILE -> files.add(LargeFileState.read(record));
                case EXTENT -> readExtent(record);
                case RECORD -> readSpooled(record);
                case TOP -> tops.add(PendingDirectory.read(record));
                case PLACE -> readPlace(record);
                case END -> {
                    require(record.getLong() == count);
                    isAtEnd = true;
                }
                default -> throw new IllegalArgumentException("record of kind " + kind);
            }
            require(!record.hasRemaining());
            count++;
        }

        private void readHead(ByteBuffer record) {
            require(record.getInt() == VERSION);
            String id = Wire.readText(record);
            Head found = new Head(id, record.getInt(), record.getInt(), record.getInt(), record.getInt());
            require(found.equals(head));
        }

        private void readCounters(ByteBuffer record) {
            long[] found = new long[record.remaining() / Long.BYTES];
            require(counters.length == 0 || counters.length == found.length);
            counters = counters.length == 0 ? new long[found.length] : counters;
            for (int i = 0; i < found.length; i++) {
                counters[i] = Counts.sum(counters[i], record.getLong());
            }
        }

        private void readSum(ByteBuffer record) {
            Algorithm algorithm = Wire.readConstantOrNone(Algorithm.values(), record);
            require(algorithm != null);
            if (algorithm != null) {
                DatasetSum sum = DatasetSum.read(algorithm, record);
                if (signed == null) {
                    signed = sum;
                } else {
                    signed.add(sum);
                }
            }
        }

        private void readExtent(ByteBuffer record) {
            if (codec.readItem(record) instanceof RestoreSpool restore) {
                restores.add(restore);
            } else {
                throw new IllegalArgumentException("an extent that is none");
            }
        }

        private void readSpooled(ByteBuffer record) {
            String spool = Wire.readText(record);
            byte[] bytes = new byte[record.remaining()];
            record.get(bytes);
            restored.computeIfAbsent(spool, name -> new ArrayList<>()).add(bytes);
        }

        private void readPlace(ByteBuffer record) {
            TreePath last = TreePath.readOrNone(record);
            TreePath made = TreePath.read(record);
            place = new CopyFilesFrom.Place(last, made, TreePath.readOrNone(record));
        }

        private void require(boolean holds) {
            if (!holds) {
                throw new IllegalArgumentException("not what it should be");
            }
        }
    }

    /** When read: records of spools that were in memory, by the spool's name. */
    private final Map<String, List<byte[]>> restored = new LinkedHashMap<>();

    /** When read: items that read records of spools from files. */
    private final List<RestoreSpool> restores = new ArrayList<>();

    /** The records of some spools that were in memory, of a snapshot that was read. */
    public List<SpoolRestored> restored(Predicate<String> isWanted) {
        List<SpoolRestored> notices = new ArrayList<>();
        restored.forEach((spool, records) -> {
            if (isWanted.test(spool)) {
                notices.add(new SpoolRestored(spool, records));
            }
        });
        return notices;
    }

    /** The items that restore the records of some spools from files. */
    public List<RestoreSpool> restores(Predicate<String> isWanted) {
        return restores.stream().filter(item -> isWanted.test(item.spool())).toList();
    }
}
