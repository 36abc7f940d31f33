package org.pcircle.work;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.pcircle.circle.Item;
import org.pcircle.circle.Notice;
import org.pcircle.digest.Algorithm;
import org.pcircle.digest.DatasetSum;
import org.pcircle.digest.FileSum;
import org.pcircle.digest.Leaf;
import org.pcircle.digest.LeafDigests;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Operation;
import org.pcircle.fs.RangeBoundaries;
import org.pcircle.fs.TreePath;
import org.pcircle.plan.Plan;
import org.pcircle.report.Fault;
import org.pcircle.report.RankShare;
import org.pcircle.report.SlowWork;
import org.pcircle.work.batch.CopyBatch;
import org.pcircle.work.batch.SumBatch;
import org.pcircle.work.change.ChangeOutput;
import org.pcircle.work.discard.DiscardIn;
import org.pcircle.work.hardlink.CreateHardLinks;
import org.pcircle.work.largefile.CopyRange;
import org.pcircle.work.largefile.CreateLargeFile;
import org.pcircle.work.largefile.LargeFile;
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
import org.pcircle.work.mirror.Pass;
import org.pcircle.work.walk.FinishDirectories;
import org.pcircle.work.walk.LockedDirectoryFound;
import org.pcircle.work.walk.PendingDirectory;
import org.pcircle.work.walk.TopCreated;
import org.pcircle.work.walk.WalkDirectory;

/** One of each item and notice, and entry records to make them of. */
public final class Samples {

    static final TreePath DIRECTORY = new TreePath("a/b\n/\u00ff".getBytes(StandardCharsets.ISO_8859_1));

    private Samples() {}

    /** One stretch, up to the end of files, of 1 MiB. */
    private static final byte[] CUTS = {1, 127, -1, -1, -1, -1, -1, -1, -1, 0, 0, 0, 0, 0, 16, 0, 0};

    public static byte[] record(String name, int type, long size) {
        byte[] bytes = name.getBytes(StandardCharsets.ISO_8859_1);
        int length = Entry.HEADER_BYTES + bytes.length + 1 + 7 & ~7;
        ByteBuffer record = ByteBuffer.allocate(length).order(ByteOrder.nativeOrder());
        record.putShort(0, (short) length).put(2, (byte) type).putShort(4, (short) bytes.length);
        record.putLong(8, size).putInt(40, 0644);
        record.put(Entry.HEADER_BYTES, bytes);
        return record.array();
    }

    public static LargeFile largeFile(long bytes, long chunkBytes) {
        return largeFile(bytes, chunkBytes, LargeFile.Target.GROWING);
    }

    public static LargeFile largeFile(long bytes, long chunkBytes, LargeFile.Target target) {
        return new LargeFile(
                new EntryRef(1, DIRECTORY, record("large", Entry.REGULAR, bytes)),
                true,
                false,
                3,
                17,
                target,
                chunkBytes,
                RangeBoundaries.ANYWHERE);
    }

    /** Hashes for the signature of a plan. */
    public static EntryDigester digester(Plan plan, Algorithm algorithm) {
        return new EntryDigester(plan, algorithm.newHasher());
    }

    /** The encoded records for the manifest that an item has left in a digester. */
    public static List<byte[]> manifestRecords(EntryDigester digester) {
        ItemResult result = new ItemResult();
        digester.tellRecords(result);
        return result.notices.stream()
                .flatMap(told -> ((ManifestRecords) told.notice()).records().stream())
                .toList();
    }

    static VerifyRange verifyRange(Algorithm algorithm) {
        LeafDigests digests = new LeafDigests(algorithm);
        digests.add(ByteBuffer.allocate(10), 10, algorithm.newHasher());
        digests.addZeros(algorithm.newHasher());
        return new VerifyRange(largeFile(1L << 40, 10), 0, Leaf.BYTES + 10, 7, false, true, digests);
    }

    public static List<Item> items() {
        byte[] file = record("f", Entry.REGULAR, 100);
        byte[] directory = record("d", Entry.DIRECTORY, 0);
        return List.of(
                new WalkDirectory(0, TreePath.TOP, directory),
                new WalkDirectory(2, DIRECTORY, directory),
                new CopyBatch(0, null, file, 1, 100),
                new CopyBatch(1, DIRECTORY, file, 1, 100),
                new SumBatch(0, null, file, 1, 100),
                new SumBatch(1, DIRECTORY, file, 1, 100),
                new CreateLargeFile(new EntryRef(0, null, file), false),
                new CreateLargeFile(new EntryRef(0, DIRECTORY, file), true, true),
                new CopyRange(largeFile(1000, 10), 20, 990),
                new CopyRange(
                        largeFile(1000, 10)
                                .cutAt(RangeBoundaries.read(
                                        ByteBuffer.wrap(CUTS).rewind())),
                        20,
                        990),
                new CopyRange(largeFile(1000, 10).begunAgain(), 20, 990, true),
                verifyRange(Algorithm.XXH64),
                verifyRange(Algorithm.SHA256).sent(),
                new CreateHardLinks(new HardLinkName(0, null, file), List.of(new HardLinkName(1, DIRECTORY, file))),
                new DeleteExtraneous(0, TreePath.TOP, false, Pass.COUNT),
                new DeleteExtraneous(3, DIRECTORY, true, Pass.DELETE),
                new DiscardIn(TreePath.TOP),
                new DiscardIn(DIRECTORY),
                new FinishDirectories(List.of(
                        new PendingDirectory(0, TreePath.TOP, directory),
                        new PendingDirectory(1, DIRECTORY, directory))));
    }

    public static List<Notice> notices() {
        Fault fault = new Fault(DIRECTORY.bytes(), Operation.OPEN, 13);
        return List.of(
                new RangeDone(5, 0, 1L << 40, null, null),
                new RangeDone(5, 0, 1L << 40, null, new FileSum(Algorithm.XXH64)),
                new RangeDone(5, 7, 8, fault, null),
                new RangeDone(5, 7, 8, Fault.mismatch(DIRECTORY.bytes(), 7, 8), null),
                new VerifyRequest(verifyRange(Algorithm.XXH64)),
                new VerifyReply(),
                new TopCreated(new PendingDirectory(3, TreePath.TOP, record("t", Entry.DIRECTORY, 0))),
                new HardLinkNames(List.of(
                        new HardLinkName(0, null, record("a", Entry.REGULAR, 3)),
                        new HardLinkName(1, DIRECTORY, record("b", Entry.SYMLINK, 3)))),
                new ExtraneousDirectoryFound(new ExtraneousDirectory(2, DIRECTORY, 1 + 0500, new byte[0])),
                new ExtraneousCounted(1L << 40),
                new DeletionsWanted(1000),
                new DeletionsAllowed(999),
                new NameBlocked(new HardLinkName(1, DIRECTORY, record("b", Entry.REGULAR, 3)), null, false),
                new NameBlocked(
                        new HardLinkName(1, DIRECTORY, record("b", Entry.REGULAR, 3)),
                        new HardLinkName(0, null, record("a", Entry.REGULAR, 3)),
                        true),
                new Ack(),
                new ChangeOutput(new byte[] {1, 2, 3}),
                new LockedDirectoryFound(new PendingDirectory(2, DIRECTORY, record("d", Entry.DIRECTORY, 0))),
                new FaultsFound(List.of(fault, new Fault(new byte[0], Operation.COMPARE, 0))),
                new RankSummaryReport(
                        new RankShare(
                                65_535,
                                "node-\u00e9",
                                new long[] {1, -2, Long.MAX_VALUE},
                                3,
                                4,
                                List.of(new SlowWork(new byte[] {1, -1}, 128, 1L << 40, 5))),
                        null),
                new RankSummaryReport(
                        new RankShare(1, "", new long[0], 3, 4, List.of()), new DatasetSum(Algorithm.SHA256)));
    }
}
