package org.pcircle.workload;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.pcircle.circle.Item;
import org.pcircle.circle.ItemCodec;
import org.pcircle.circle.Notice;
import org.pcircle.digest.Algorithm;
import org.pcircle.digest.DatasetSum;
import org.pcircle.digest.FileSum;
import org.pcircle.fs.Operation;
import org.pcircle.report.Fault;
import org.pcircle.report.RankShare;
import org.pcircle.report.SlowWork;
import org.pcircle.wire.MalformedMessageException;
import org.pcircle.wire.Wire;
import org.pcircle.work.Ack;
import org.pcircle.work.FaultsFound;
import org.pcircle.work.HardLinkName;
import org.pcircle.work.HardLinkNames;
import org.pcircle.work.ManifestRecords;
import org.pcircle.work.NameBlocked;
import org.pcircle.work.RankSummaryReport;
import org.pcircle.work.WorkItem;
import org.pcircle.work.batch.BatchItem;
import org.pcircle.work.batch.CopyBatch;
import org.pcircle.work.batch.SumBatch;
import org.pcircle.work.change.ChangeOutput;
import org.pcircle.work.discard.DiscardIn;
import org.pcircle.work.hardlink.CreateHardLinks;
import org.pcircle.work.hardlink.SkipKeptNames;
import org.pcircle.work.largefile.CopyRange;
import org.pcircle.work.largefile.CreateLargeFile;
import org.pcircle.work.largefile.RangeDone;
import org.pcircle.work.largefile.VerifyRange;
import org.pcircle.work.largefile.VerifyReply;
import org.pcircle.work.largefile.VerifyRequest;
import org.pcircle.work.mirror.DeleteExtraneous;
import org.pcircle.work.mirror.DeletionsAllowed;
import org.pcircle.work.mirror.DeletionsWanted;
import org.pcircle.work.mirror.ExtraneousCounted;
import org.pcircle.work.mirror.ExtraneousDirectory;
import org.pcircle.work.mirror.ExtraneousDirectoryFound;
import org.pcircle.work.spool.RestoreSpool;
import org.pcircle.work.walk.FinishDirectories;
import org.pcircle.work.walk.ListDirectory;
import org.pcircle.work.walk.LockedDirectoryFound;
import org.pcircle.work.walk.PendingDirectory;
import org.pcircle.work.walk.TopCreated;
import org.pcircle.work.walk.WalkDirectory;

/** Items and notices in messages: a tag of one byte, then the fields as their class writes them. */
public final class WorkItemCodec implements ItemCodec {

    /** What there is of items, each with the byte that says so. */
    private record ItemKind(int tag, Class<? extends WorkItem> type, Function<ByteBuffer, WorkItem> reader) {}

    private static final List<ItemKind> ITEM_KINDS = List.of(
            new ItemKind(1, WalkDirectory.class, WalkDirectory::read),
            new ItemKind(2, CopyBatch.class, source -> BatchItem.read(source, CopyBatch::new)),
            new ItemKind(3, CreateLargeFile.class, CreateLargeFile::read),
            new ItemKind(4, CopyRange.class, CopyRange::read),
            new ItemKind(5, FinishDirectories.class, FinishDirectories::read),
            new ItemKind(6, CreateHardLinks.class, CreateHardLinks::read),
            new ItemKind(7, DeleteExtraneous.class, DeleteExtraneous::read),
            new ItemKind(8, SumBatch.class, source -> BatchItem.read(source, SumBatch::new)),
            new ItemKind(9, VerifyRange.class, VerifyRange::read),
            new ItemKind(10, ListDirectory.class, ListDirectory::read),
            new ItemKind(11, RestoreSpool.class, RestoreSpool::read),
            new ItemKind(12, DiscardIn.class, DiscardIn::read),
            new ItemKind(13, SkipKeptNames.class, SkipKeptNames::read));

    private static final Map<Class<?>, ItemKind> ITEM_KIND_BY_TYPE =
            ITEM_KINDS.stream().collect(Collectors.toUnmodifiableMap(ItemKind::type, kind -> kind));
    private static final Map<Integer, ItemKind> ITEM_KIND_BY_TAG =
            ITEM_KINDS.stream().collect(Collectors.toUnmodifiableMap(ItemKind::tag, kind -> kind));

    private static final byte RANGE_DONE = 1;
    private static final byte FAULTS_FOUND = 2;
    private static final byte SHARE_DONE = 3;
    private static final byte TOP_MADE = 4;
    private static final byte DIRECTORY_CLOSING = 5;
    private static final byte CHANGE_OUTPUT = 6;
    private static final byte ACK = 7;
    private static final byte LINKS_FOUND = 8;
    private static final byte DIRECTORY_EXTRANEOUS = 9;
    private static final byte MANIFEST_FOUND = 12;
    private static final byte NAME_BLOCKED = 13;
    private static final byte EXTRANEOUS_COUNTED = 14;
    private static final byte DELETIONS_WANTED = 15;
    private static final byte DELETIONS_ALLOWED = 16;
    private static final byte VERIFY_REQUEST = 10;
    private static final byte VERIFY_REPLY = 11;

    /** Encoded bytes of a piece of slow work, without its path. */
    private static final int SLOW_WORK_BYTES = 2 * Integer.BYTES + 2 * Long.BYTES;

    @Override
    public void write(Item item, ByteBuffer target) {
        ItemKind kind = ITEM_KIND_BY_TYPE.get(item.getClass());
        if (kind == null) {
            throw new IllegalStateException(item + " stays with its rank");
        }
        target.put((byte) kind.tag());
        ((WorkItem) item).write(target);
    }

    @Override
    public Item readItem(ByteBuffer source) {
        int tag = source.get();
        ItemKind kind = ITEM_KIND_BY_TAG.get(tag);
        if (kind == null) {
            throw new MalformedMessageException("item of kind " + tag);
        }
        return kind.reader().apply(source);
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
            return 2
                    + Integer.BYTES
                    + found.faults().stream()
                            .mapToInt(WorkItemCodec::encodedBytes)
                            .sum();
        } else if (notice instanceof TopCreated made) {
            return 1 + made.top().encodedBytes();
        } else if (notice instanceof LockedDirectoryFound closing) {
            return 1 + closing.directory().encodedBytes();
        } else if (notice instanceof ExtraneousDirectoryFound extraneous) {
            return 1 + extraneous.directory().encodedBytes();
        } else if (notice instanceof ExtraneousCounted) {
            return 1 + Long.BYTES;
        } else if (notice instanceof DeletionsWanted || notice instanceof DeletionsAllowed) {
            return 1 + Integer.BYTES;
        } else if (notice instanceof NameBlocked blocked) {
            return 1 + blocked.encodedBytes();
        } else if (notice instanceof Ack) {
            return 1;
        } else if (notice instanceof HardLinkNames found) {
            return 1
                    + Integer.BYTES
                    + found.names().stream()
                            .mapToInt(HardLinkName::encodedBytes)
                            .sum();
        } else if (notice instanceof VerifyRequest written) {
            return 1 + written.range().encodedBytes();
        } else if (notice instanceof VerifyReply) {
            return 1;
        } else if (notice instanceof ChangeOutput told) {
            return 1 + Wire.encodedBytes(told.lines());
        } else if (notice instanceof ManifestRecords found) {
            return 1
                    + Integer.BYTES
                    + found.records().stream().mapToInt(Wire::encodedBytes).sum();
        } else {
            RankSummaryReport done = (RankSummaryReport) notice;
            RankShare share = done.share();
            int counterBytes = Wire.encodedBytes(share.counters());
            int signedBytes = done.signed() == null ? 0 : done.signed().encodedBytes();
            int slowBytes = Integer.BYTES;
            for (SlowWork slow : share.slowest()) {
                slowBytes += slow.path().length + SLOW_WORK_BYTES;
            }
            return 2
                    + signedBytes
                    + Integer.BYTES
                    + Wire.encodedBytes(share.host())
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
            Wire.writeFlag(fault != null, target);
            if (fault != null) {
                writeFault(fault, target);
            }
            FileSum sum = done.sum();
            Wire.writeConstantOrNone(sum == null ? null : sum.algorithm(), target);
            if (sum != null) {
                sum.write(target);
            }
        } else if (notice instanceof FaultsFound found) {
            target.put(FAULTS_FOUND);
            Wire.writeFlag(found.areLate(), target);
            target.putInt(found.faults().size());
            for (Fault fault : found.faults()) {
                writeFault(fault, target);
            }
        } else if (notice instanceof TopCreated made) {
            target.put(TOP_MADE);
            made.top().write(target);
        } else if (notice instanceof LockedDirectoryFound closing) {
            target.put(DIRECTORY_CLOSING);
            closing.directory().write(target);
        } else if (notice instanceof ExtraneousDirectoryFound extraneous) {
            target.put(DIRECTORY_EXTRANEOUS);
            extraneous.directory().write(target);
        } else if (notice instanceof ExtraneousCounted found) {
            target.put(EXTRANEOUS_COUNTED).putLong(found.entries());
        } else if (notice instanceof DeletionsWanted wanted) {
            target.put(DELETIONS_WANTED).putInt(wanted.entries());
        } else if (notice instanceof DeletionsAllowed allowed) {
            target.put(DELETIONS_ALLOWED).putInt(allowed.entries());
        } else if (notice instanceof NameBlocked blocked) {
            target.put(NAME_BLOCKED);
            blocked.write(target);
        } else if (notice instanceof Ack) {
            target.put(ACK);
        } else if (notice instanceof HardLinkNames found) {
            target.put(LINKS_FOUND);
            CreateHardLinks.writeAll(found.names(), target);
        } else if (notice instanceof VerifyRequest written) {
            target.put(VERIFY_REQUEST);
            write(written.range(), target);
        } else if (notice instanceof VerifyReply) {
            target.put(VERIFY_REPLY);
        } else if (notice instanceof ChangeOutput told) {
            target.put(CHANGE_OUTPUT);
            Wire.writeBytes(told.lines(), target);
        } else if (notice instanceof ManifestRecords found) {
            target.put(MANIFEST_FOUND).putInt(found.records().size());
            for (byte[] record : found.records()) {
                Wire.writeBytes(record, target);
            }
        } else {
            RankSummaryReport done = (RankSummaryReport) notice;
            RankShare share = done.share();
            target.put(SHARE_DONE).putInt(share.rank());
            Wire.writeText(share.host(), target);
            Wire.writeLongs(share.counters(), target);
            target.putLong(share.requests()).putLong(share.grants());
            target.putInt(share.slowest().size());
            for (SlowWork slow : share.slowest()) {
                Wire.writeBytes(slow.path(), target);
                target.putInt(slow.entries()).putLong(slow.bytes()).putLong(slow.ns());
            }
            DatasetSum signed = done.signed();
            Wire.writeConstantOrNone(signed == null ? null : signed.algorithm(), target);
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
            case TOP_MADE -> new TopCreated(PendingDirectory.read(source));
            case ACK -> new Ack();
            case LINKS_FOUND -> new HardLinkNames(CreateHardLinks.readAll(source));
            case CHANGE_OUTPUT -> new ChangeOutput(Wire.readBytes(source));
            case VERIFY_REQUEST -> readVerifyRequest(source);
            case VERIFY_REPLY -> new VerifyReply();
            case DIRECTORY_EXTRANEOUS -> new ExtraneousDirectoryFound(ExtraneousDirectory.read(source));
            case EXTRANEOUS_COUNTED -> new ExtraneousCounted(source.getLong());
            case DELETIONS_WANTED -> new DeletionsWanted(source.getInt());
            case DELETIONS_ALLOWED -> new DeletionsAllowed(source.getInt());
            case NAME_BLOCKED -> NameBlocked.read(source);
            case MANIFEST_FOUND -> readManifestFound(source);
            case DIRECTORY_CLOSING -> new LockedDirectoryFound(PendingDirectory.read(source));
            default -> throw new MalformedMessageException("notice of kind " + kind);
        };
    }

    private static RangeDone readRangeDone(ByteBuffer source) {
        long file = source.getLong();
        long from = source.getLong();
        long to = source.getLong();
        Fault fault = Wire.readFlag(source) ? readFault(source) : null;
        Algorithm algorithm = Wire.readConstantOrNone(Algorithm.values(), source);
        FileSum sum = algorithm == null ? null : FileSum.read(algorithm, source);
        return new RangeDone(file, from, to, fault, sum);
    }

    private VerifyRequest readVerifyRequest(ByteBuffer source) {
        if (readItem(source) instanceof VerifyRange range) {
            return new VerifyRequest(range);
        }
        throw new MalformedMessageException("a notice with an item of the wrong kind");
    }

    private static FaultsFound readFaultsFound(ByteBuffer source) {
        boolean areLate = Wire.readFlag(source);
        int count = Wire.readCount(source, 1);
        List<Fault> faults = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            faults.add(readFault(source));
        }
        return new FaultsFound(faults, areLate);
    }

    private static ManifestRecords readManifestFound(ByteBuffer source) {
        int count = Wire.readCount(source, Integer.BYTES);
        List<byte[]> records = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            records.add(Wire.readBytes(source));
        }
        return new ManifestRecords(records);
    }

    private static RankSummaryReport readShareDone(ByteBuffer source) {
        int rank = source.getInt();
        String host = Wire.readText(source);
        long[] counters = Wire.readLongs(source);
        long requests = source.getLong();
        long grants = source.getLong();
        int slowCount = Wire.readCount(source, SLOW_WORK_BYTES);
        List<SlowWork> slowest = new ArrayList<>(slowCount);
        for (int i = 0; i < slowCount; i++) {
            byte[] path = Wire.readBytes(source);
            slowest.add(new SlowWork(path, source.getInt(), source.getLong(), source.getLong()));
        }
        RankShare share = new RankShare(rank, host, counters, requests, grants, slowest);
        Algorithm algorithm = Wire.readConstantOrNone(Algorithm.values(), source);
        return new RankSummaryReport(share, algorithm == null ? null : DatasetSum.read(algorithm, source));
    }

    private static int encodedBytes(Fault fault) {
        return Wire.encodedBytes(fault.path()) + 2 + Integer.BYTES + 2 * Long.BYTES;
    }

    private static void writeFault(Fault fault, ByteBuffer target) {
        Wire.writeBytes(fault.path(), target);
        target.put((byte) fault.operation().number())
                .putInt(fault.errno())
                .putLong(fault.from())
                .putLong(fault.to());
        Wire.writeFlag(fault.isVanished(), target);
    }

    private static Operation readOperation(ByteBuffer source) {
        try {
            return Operation.of(source.get());
        } catch (IllegalArgumentException e) {
            throw new MalformedMessageException(String.valueOf(e.getMessage()));
        }
    }

    private static Fault readFault(ByteBuffer source) {
        byte[] path = Wire.readBytes(source);
        Operation operation = readOperation(source);
        int errno = source.getInt();
        return new Fault(path, operation, errno, source.getLong(), source.getLong(), Wire.readFlag(source));
    }
}
