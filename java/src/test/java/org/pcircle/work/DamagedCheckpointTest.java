package org.pcircle.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.pcircle.Golden;
import org.pcircle.digest.Algorithm;
import org.pcircle.digest.DatasetSum;
import org.pcircle.digest.FileSum;
import org.pcircle.fs.Entry;
import org.pcircle.fs.TreePath;
import org.pcircle.journal.Checkpoint;
import org.pcircle.journal.Damage;
import org.pcircle.journal.RecordBlocks;
import org.pcircle.journal.SpoolBlock;
import org.pcircle.report.Counter;
import org.pcircle.work.checkpoint.RankSnapshot;
import org.pcircle.work.filesfrom.CopyFilesFrom;
import org.pcircle.work.largefile.LargeFile;
import org.pcircle.work.largefile.LargeFileState;
import org.pcircle.work.spool.RestoreSpool;
import org.pcircle.work.walk.ListDirectory;
import org.pcircle.work.walk.PendingDirectory;
import org.pcircle.workload.WorkItemCodec;

/** Whatever happens to the bytes of a checkpoint or a snapshot, they are read as what was written, or refused. */
class DamagedCheckpointTest {

    private static final int VARIANTS = 10_000;
    private static final RankSnapshot.Head HEAD = new RankSnapshot.Head("run", 1, 7, 2, 3);

    @Test
    void checkpointsHaveTheBytesTheyAlwaysHad() throws Exception {
        Golden.assertUnchanged("checkpoint", List.of(checkpoint().encode()));
    }

    @Test
    void snapshotsHaveTheBytesTheyAlwaysHad() throws Exception {
        Golden.assertUnchanged(
                "snapshot", List.of(ByteBuffer.wrap(bytes(wholeSnapshot().encode(HEAD)))));
    }

    @Test
    void aDamagedCheckpointIsRefusedOrWhatItWas() throws SpoolBlock.DamagedException {
        byte[] original = bytes(List.of(checkpoint().encode()));
        Damage damage = new Damage(original, 1);
        int refused = 0;
        for (int i = 0; i < VARIANTS; i++) {
            byte[] damaged = damage.next();
            try {
                byte[] again = bytes(
                        List.of(Checkpoint.decode(ByteBuffer.wrap(damaged)).encode()));
                assertThat(again).as("variant %d", i).isEqualTo(original);
            } catch (SpoolBlock.DamagedException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(VARIANTS / 2);
    }

    @Test
    void aDamagedSnapshotIsRefusedOrWhatItWas() throws SpoolBlock.DamagedException {
        byte[] original = bytes(snapshot().encode(HEAD));
        Damage damage = new Damage(original, 2);
        int refused = 0;
        for (int i = 0; i < VARIANTS; i++) {
            byte[] damaged = damage.next();
            RankSnapshot read = new RankSnapshot(new WorkItemCodec());
            try {
                read.addEncoded(ByteBuffer.wrap(damaged), HEAD);
                assertThat(damaged).as("variant %d", i).isEqualTo(original);
            } catch (SpoolBlock.DamagedException e) {
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(VARIANTS / 2);
    }

    @Test
    void whatIsWellSealedButOfAnotherKindIsRefused() throws SpoolBlock.DamagedException {
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < VARIANTS; i++) {
            RecordBlocks blocks = new RecordBlocks();
            for (int records = random.nextInt(1, 5); records > 0; records--) {
                byte[] record = new byte[random.nextInt(40)];
                random.nextBytes(record);
                if (record.length > 0 && random.nextBoolean()) {
                    record[0] = (byte) random.nextInt(13);
                }
                blocks.append(ByteBuffer.wrap(record));
            }
            ByteBuffer file = ByteBuffer.wrap(bytes(blocks.finish()));
            assertRefused(() -> Checkpoint.decode(file.duplicate()));
            assertRefused(() -> new RankSnapshot(new WorkItemCodec()).addEncoded(file.duplicate(), HEAD));
        }
    }

    @Test
    void aSnapshotOfAnotherRunEpochOrRankIsRefused() throws SpoolBlock.DamagedException {
        byte[] file = bytes(snapshot().encode(HEAD));
        for (RankSnapshot.Head other : List.of(
                new RankSnapshot.Head("ruin", 1, 7, 2, 3),
                new RankSnapshot.Head("run", 2, 7, 2, 3),
                new RankSnapshot.Head("run", 1, 8, 2, 3),
                new RankSnapshot.Head("run", 1, 7, 1, 3),
                new RankSnapshot.Head("run", 1, 7, 2, 4))) {
            assertRefused(() -> new RankSnapshot(new WorkItemCodec()).addEncoded(ByteBuffer.wrap(file), other));
        }
    }

    private interface Reading {
        void read() throws SpoolBlock.DamagedException;
    }

    private static void assertRefused(Reading reading) {
        boolean isRefused = false;
        try {
            reading.read();
        } catch (SpoolBlock.DamagedException e) {
            isRefused = true;
        }
        assertThat(isRefused).isTrue();
    }

    private static Checkpoint checkpoint() {
        return new Checkpoint("run", 1, 7, 3, true, List.of("boot"), 123, 456, new byte[] {'/'}, new byte[300]);
    }

    private static RankSnapshot snapshot() {
        RankSnapshot snapshot = new RankSnapshot(new WorkItemCodec());
        snapshot.counters = new long[Counter.COUNT];
        snapshot.counters[0] = 42;
        snapshot.tops.add(new PendingDirectory(0, TreePath.TOP, new byte[0]));
        for (int i = 0; i < 20; i++) {
            TreePath path = new TreePath(("directory/" + i).getBytes(StandardCharsets.UTF_8));
            snapshot.items.add(new ListDirectory(0, path));
            snapshot.extents.add(new RankSnapshot.Extent("links", "links.0." + i, 0, 4096));
        }
        snapshot.place = CopyFilesFrom.Place.START;
        return snapshot;
    }

    /** With something of each kind. */
    private static RankSnapshot wholeSnapshot() {
        RankSnapshot snapshot = new RankSnapshot(new WorkItemCodec());
        snapshot.counters = new long[] {1, -2, 1L << 40};
        snapshot.signed = new DatasetSum(Algorithm.XXH64);
        snapshot.items.addAll(Samples.items());
        snapshot.items.add(new ListDirectory(1, Samples.DIRECTORY));
        snapshot.items.add(new RestoreSpool("links", "links.0.2", 12, 4096));
        LargeFile file = Samples.largeFile(1L << 40, 1 << 20);
        List<LargeFileState.Interval> remaining = List.of(new LargeFileState.Interval(1 << 20, 3 << 20));
        snapshot.files.add(new LargeFileState(file, false, remaining, new FileSum(Algorithm.SHA256)));
        snapshot.files.add(new LargeFileState(file.ownedBy(2, 18), true, List.of(), null));
        snapshot.extents.add(new RankSnapshot.Extent("directories", "directories.0.2", 0, 4096));
        RecordBlocks spool = new RecordBlocks();
        spool.append(ByteBuffer.wrap(new byte[] {1, 2, 3}));
        spool.append(ByteBuffer.wrap(new byte[] {}));
        spool.finish().forEach(block -> snapshot.blocks.add(new RankSnapshot.Block("manifest", block)));
        snapshot.tops.add(new PendingDirectory(1, Samples.DIRECTORY, Samples.record("d", Entry.DIRECTORY, 0)));
        snapshot.place = new CopyFilesFrom.Place(Samples.DIRECTORY, TreePath.TOP, null);
        return snapshot;
    }

    private static byte[] bytes(List<ByteBuffer> blocks) {
        int length = blocks.stream().mapToInt(ByteBuffer::limit).sum();
        ByteBuffer all = ByteBuffer.allocate(length);
        blocks.forEach(block -> all.put(block.duplicate().position(0)));
        return all.array();
    }
}
