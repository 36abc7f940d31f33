package org.pcircle.work;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.Item;
import org.pcircle.circle.ItemCodec;
import org.pcircle.circle.MalformedMessageException;
import org.pcircle.circle.MessageCodec;
import org.pcircle.circle.Notice;
import org.pcircle.digest.Algorithm;
import org.pcircle.digest.DatasetSum;
import org.pcircle.digest.FileSum;
import org.pcircle.fs.Operation;
import org.pcircle.fs.TreePath;
import org.pcircle.report.Fault;
import org.pcircle.report.RankShare;
import org.pcircle.report.SlowWork;

/** Items and notices of a copy in messages: a byte that says which kind, then the fields as their class writes them. */
public final class WorkCodec implements ItemCodec {

    static final byte WALK_DIRECTORY = 1;
    static final byte COPY_BATCH = 2;
    static final byte OPEN_LARGE_FILE = 3;
    static final byte COPY_RANGE = 4;
    static final byte FINISH_DIRECTORIES = 5;
    static final byte MAKE_LINKS = 6;
    static final byte MIRROR = 7;
    static final byte SUM_BATCH = 8;
    static final byte VERIFY_RANGE = 9;
    static final byte LISTING = 10;
    static final byte RESTORE_SPOOL = 11;
    static final byte DISCARD_IN = 12;

    private static final byte RANGE_DONE = 1;
    private static final byte FAULTS_FOUND = 2;
    private static final byte SHARE_DONE = 3;
    private static final byte TOP_MADE = 4;
    private static final byte DIRECTORY_CLOSING = 5;
    private static final byte INTENTIONS_TOLD = 6;
    private static final byte HEARD = 7;
    private static final byte LINKS_FOUND = 8;
    private static final byte DIRECTORY_DOOMED = 9;
    private static final byte MANIFEST_FOUND = 12;
    private static final byte NAME_BLOCKED = 13;
    private static final byte RANGE_WRITTEN = 10;
    private static final byte RANGE_READ_BACK = 11;

    /** Of a piece of slow work, but for the bytes of its path. */
    private static final int SLOW_WORK_BYTES = 2 * Integer.BYTES + 2 * Long.BYTES;

    private static final byte NO_SUM = -1;

    @Override
    public void write(Item item, ByteBuffer target) {
        ((WorkItem) item).write(target);
    }

    @Override
    public Item readItem(ByteBuffer source) {
        byte kind = source.get();
        return switch (kind) {
            case WALK_DIRECTORY -> WalkDirectory.read(source);
            case COPY_BATCH -> BatchItem.read(source, CopyBatch::new);
            case OPEN_LARGE_FILE -> OpenLargeFile.read(source);
            case COPY_RANGE -> CopyRange.read(source);
            case FINISH_DIRECTORIES -> FinishDirectories.read(source);
            case MAKE_LINKS -> MakeLinks.read(source);
            case MIRROR -> Mirror.read(source);
            case SUM_BATCH -> BatchItem.read(source, SumBatch::new);
            case LISTING -> Listing.read(source);
            case RESTORE_SPOOL -> RestoreSpool.read(source);
            case VERIFY_RANGE -> VerifyRange.read(source);
            case DISCARD_IN -> DiscardIn.read(source);
            default -> throw new MalformedMessageException("item of kind " + kind);
        };
    }

    @Override
    public int encodedBytes(Notice notice) {
        if (notice instanceof RangeDone done) {
            int faultBytes = done.fault() == null ? 0 : encodedBytes(done.fault());
            return 3
                    + 3 * Long.BYTES
                    + faultBytes
                    + (done.sum() == null ? 0 : done.sum().encodedBytes());
        } else if (notice instanceof FaultsFound found) {
            return 1
                    + Integer.BYTES
                    + found.faults().stream().mapToInt(WorkCodec::encodedBytes).sum();
        } else if (notice instanceof TopMade made) {
            return 1 + made.top().encodedBytes();
        } else if (notice instanceof DirectoryClosing closing) {
            return 1 + closing.directory().encodedBytes();
        } else if (notice instanceof DirectoryDoomed doomed) {
            return 1 + doomed.directory().encodedBytes();
        } else if (notice instanceof NameBlocked blocked) {
            return 1 + blocked.encodedBytes();
        } else if (notice instanceof Heard) {
            return 1;
        } else if (notice instanceof LinksFound found) {
            return 1
                    + Integer.BYTES
                    + found.names().stream().mapToInt(LinkedName::encodedBytes).sum();
        } else if (notice instanceof RangeWritten written) {
            return 1 + written.range().encodedBytes();
        } else if (notice instanceof RangeReadBack) {
            return 1;
        } else if (notice instanceof IntentionsTold told) {
            return 1 + Integer.BYTES + told.lines().length;
        } else if (notice instanceof ManifestFound found) {
            return 1
                    + Integer.BYTES
                    + found.records().stream()
                            .mapToInt(record -> Integer.BYTES + record.length)
                            .sum();
        } else {
            ShareDone done = (ShareDone) notice;
            RankShare share = done.share();
            int counterBytes = Integer.BYTES + Long.BYTES * share.counters().length;
            int signedBytes = done.signed() == null ? 0 : done.signed().encodedBytes();
            int slowBytes = Integer.BYTES;
            for (SlowWork slow : share.slowest()) {
                slowBytes += slow.path().length + SLOW_WORK_BYTES;
            }
            return 2
                    + signedBytes
                    + 2 * Integer.BYTES
                    + hostBytes(share).length
                    + counterBytes
                    + 2 * Long.BYTES
                    + slowBytes;
        }
    }

    @Override
    public void write(Notice notice, ByteBuffer target) {
        if (notice instanceof RangeDone done) {
            target.put(RANGE_DONE).putLong(done.file()).putLong(done.from()).putLong(done.to());
            Fault fault = done.fault();
            target.put((byte) (fault == null ? 0 : 1));
            if (fault != null) {
                writeFault(fault, target);
            }
            FileSum sum = done.sum();
            writeAlgorithm(sum == null ? null : sum.algorithm(), target);
            if (sum != null) {
                sum.write(target);
            }
        } else if (notice instanceof FaultsFound found) {
            target.put(FAULTS_FOUND).putInt(found.faults().size());
            for (Fault fault : found.faults()) {
                writeFault(fault, target);
            }
        } else if (notice instanceof TopMade made) {
            target.put(TOP_MADE);
            made.top().write(target);
        } else if (notice instanceof DirectoryClosing closing) {
            target.put(DIRECTORY_CLOSING);
            closing.directory().write(target);
        } else if (notice instanceof DirectoryDoomed doomed) {
            target.put(DIRECTORY_DOOMED);
            doomed.directory().write(target);
        } else if (notice instanceof NameBlocked blocked) {
            target.put(NAME_BLOCKED);
            blocked.write(target);
        } else if (notice instanceof Heard) {
            target.put(HEARD);
        } else if (notice instanceof LinksFound found) {
            target.put(LINKS_FOUND);
            MakeLinks.writeAll(found.names(), target);
        } else if (notice instanceof RangeWritten written) {
            target.put(RANGE_WRITTEN);
            written.range().write(target);
        } else if (notice instanceof RangeReadBack) {
            target.put(RANGE_READ_BACK);
        } else if (notice instanceof IntentionsTold told) {
            target.put(INTENTIONS_TOLD);
            MessageCodec.writeBytes(told.lines(), target);
        } else if (notice instanceof ManifestFound found) {
            target.put(MANIFEST_FOUND).putInt(found.records().size());
            for (byte[] record : found.records()) {
                MessageCodec.writeBytes(record, target);
            }
        } else {
            ShareDone done = (ShareDone) notice;
            RankShare share = done.share();
            target.put(SHARE_DONE).putInt(share.rank());
            MessageCodec.writeBytes(hostBytes(share), target);
            target.putInt(share.counters().length);
            for (long counter : share.counters()) {
                target.putLong(counter);
            }
            target.putLong(share.requests()).putLong(share.grants());
            target.putInt(share.slowest().size());
            for (SlowWork slow : share.slowest()) {
                MessageCodec.writeBytes(slow.path(), target);
                target.putInt(slow.entries()).putLong(slow.bytes()).putLong(slow.ns());
            }
            DatasetSum signed = done.signed();
            writeAlgorithm(signed == null ? null : signed.algorithm(), target);
            if (signed != null) {
                signed.write(target);
            }
        }
    }

    @Override
    public Notice readNotice(ByteBuffer source) {
        byte kind = source.get();
        return switch (kind) {
            case RANGE_DONE -> readRangeDone(source);
            case FAULTS_FOUND -> readFaultsFound(source);
            case SHARE_DONE -> readShareDone(source);
            case TOP_MADE -> new TopMade(DirectoryMetadata.read(source));
            case HEARD -> new Heard();
            case LINKS_FOUND -> new LinksFound(MakeLinks.readAll(source));
            case INTENTIONS_TOLD -> new IntentionsTold(MessageCodec.readBytes(source));
            case RANGE_WRITTEN -> readRangeWritten(source);
            case RANGE_READ_BACK -> new RangeReadBack();
            case DIRECTORY_DOOMED -> new DirectoryDoomed(DoomedDirectory.read(source));
            case NAME_BLOCKED -> NameBlocked.read(source);
            case MANIFEST_FOUND -> readManifestFound(source);
            case DIRECTORY_CLOSING -> new DirectoryClosing(DirectoryMetadata.read(source));
            default -> throw new MalformedMessageException("notice of kind " + kind);
        };
    }

    /** A directory that may be null, for the one that holds the top of a tree. */
    static void writeDirectory(@Nullable TreePath directory, ByteBuffer target) {
        target.put((byte) (directory == null ? 0 : 1));
        if (directory != null) {
            MessageCodec.writeBytes(directory.bytes(), target);
        }
    }

    static @Nullable TreePath readDirectory(ByteBuffer source) {
        return source.get() == 0 ? null : new TreePath(MessageCodec.readBytes(source));
    }

    private static RangeDone readRangeDone(ByteBuffer source) {
        long file = source.getLong();
        long from = source.getLong();
        long to = source.getLong();
        Fault fault = source.get() == 0 ? null : readFault(source);
        Algorithm algorithm = readAlgorithm(source);
        FileSum sum = algorithm == null ? null : FileSum.read(algorithm, source);
        return new RangeDone(file, from, to, fault, sum);
    }

    private RangeWritten readRangeWritten(ByteBuffer source) {
        if (readItem(source) instanceof VerifyRange range) {
            return new RangeWritten(range);
        }
        throw new MalformedMessageException("a notice with an item of the wrong kind");
    }

    private static FaultsFound readFaultsFound(ByteBuffer source) {
        int count = MessageCodec.readCount(source, 1);
        List<Fault> faults = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            faults.add(readFault(source));
        }
        return new FaultsFound(faults);
    }

    private static ManifestFound readManifestFound(ByteBuffer source) {
        int count = MessageCodec.readCount(source, Integer.BYTES);
        List<byte[]> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            records.add(MessageCodec.readBytes(source));
        }
        return new ManifestFound(records);
    }

    private static ShareDone readShareDone(ByteBuffer source) {
        int rank = source.getInt();
        String host = new String(MessageCodec.readBytes(source), StandardCharsets.UTF_8);
        long[] counters = new long[MessageCodec.readCount(source, Long.BYTES)];
        for (int i = 0; i < counters.length; i++) {
            counters[i] = source.getLong();
        }
        long requests = source.getLong();
        long grants = source.getLong();
        int slowCount = MessageCodec.readCount(source, SLOW_WORK_BYTES);
        List<SlowWork> slowest = new ArrayList<>(slowCount);
        for (int i = 0; i < slowCount; i++) {
            byte[] path = MessageCodec.readBytes(source);
            slowest.add(new SlowWork(path, source.getInt(), source.getLong(), source.getLong()));
        }
        RankShare share = new RankShare(rank, host, counters, requests, grants, slowest);
        Algorithm algorithm = readAlgorithm(source);
        return new ShareDone(share, algorithm == null ? null : DatasetSum.read(algorithm, source));
    }

    /** What the sum that follows is made with; null if none follows. */
    static void writeAlgorithm(@Nullable Algorithm algorithm, ByteBuffer target) {
        target.put((byte) (algorithm == null ? NO_SUM : algorithm.ordinal()));
    }

    static @Nullable Algorithm readAlgorithm(ByteBuffer source) {
        byte algorithm = source.get();
        if (algorithm < NO_SUM || algorithm >= Algorithm.values().length) {
            throw new MalformedMessageException("sum of algorithm " + algorithm);
        }
        return algorithm == NO_SUM ? null : Algorithm.values()[algorithm];
    }

    private static byte[] hostBytes(RankShare share) {
        return share.host().getBytes(StandardCharsets.UTF_8);
    }

    private static int encodedBytes(Fault fault) {
        return Integer.BYTES + fault.path().length + 2 + Integer.BYTES + 2 * Long.BYTES;
    }

    private static void writeFault(Fault fault, ByteBuffer target) {
        MessageCodec.writeBytes(fault.path(), target);
        target.put((byte) fault.operation().ordinal()).putInt(fault.errno());
        target.putLong(fault.from()).putLong(fault.to()).put((byte) (fault.isVanished() ? 1 : 0));
    }

    private static Fault readFault(ByteBuffer source) {
        byte[] path = MessageCodec.readBytes(source);
        int operation = source.get();
        if (operation < 0 || operation >= Operation.values().length) {
            throw new MalformedMessageException("operation " + operation);
        }
        int errno = source.getInt();
        return new Fault(path, Operation.of(operation), errno, source.getLong(), source.getLong(), source.get() != 0);
    }
}
