package org.pcircle.work.walk;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.pcircle.work.walk.ListingSamples.CHUNK_BYTES;
import static org.pcircle.work.walk.ListingSamples.PATH;
import static org.pcircle.work.walk.ListingSamples.copy;
import static org.pcircle.work.walk.ListingSamples.failed;
import static org.pcircle.work.walk.ListingSamples.file;
import static org.pcircle.work.walk.ListingSamples.linked;
import static org.pcircle.work.walk.ListingSamples.record;
import static org.pcircle.work.walk.ListingSamples.shown;
import static org.pcircle.work.walk.ListingSamples.sum;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.digest.Algorithm;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.Operation;
import org.pcircle.fs.TreePath;
import org.pcircle.manifest.ManifestRecord;
import org.pcircle.plan.Filter;
import org.pcircle.plan.LeftRuns;
import org.pcircle.plan.Plan;
import org.pcircle.plan.UsageException;
import org.pcircle.report.Counter;
import org.pcircle.work.EntryDigester;
import org.pcircle.work.HardLinkNames;
import org.pcircle.work.ItemResult;
import org.pcircle.work.Samples;
import org.pcircle.work.batch.CopyBatch;
import org.pcircle.work.largefile.CreateLargeFile;

/** What a listing spawns, reports and counts, whatever is in the directory and becomes of it meanwhile. */
class ListDirectoryTest {

    private static final int LISTING_BYTES = 320 * 1024;

    /** As it stands in the names of temporary files. */
    private static final String HASH = "0123456789abcdef";

    private final MemoryDirectory directory = new MemoryDirectory(true, false);
    private final ItemResult result = new ItemResult();

    // ---- what becomes of entries ----

    @Test
    void subdirectoriesAreSpawnedBeforeBatches() {
        directory.add(file("a", 1));
        directory.add(record("sub", Entry.DIRECTORY));
        directory.add(record("link", Entry.SYMLINK));

        MemoryListing worker = list(copy(Filter.NONE), PATH);

        assertThat(result.spawned).hasSize(2);
        WalkDirectory walk = (WalkDirectory) result.spawned.get(0);
        assertThat(walk.path()).isEqualTo(PATH.child("sub".getBytes(UTF_8)));
        assertThat(MemoryListing.names((CopyBatch) result.spawned.get(1))).containsExactly("a", "link");
        assertThat(worker.ranHere).isEmpty();
        assertThat(Counter.SCANNED.in(result.counters)).isEqualTo(3);
        assertThat(Counter.SCANNED_BYTES.in(result.counters)).isEqualTo(1);
        assertThat(Counter.SCANS.in(result.counters)).as("the sub-directory").isEqualTo(1);
        assertThat(Counter.SCANS_ENDED.in(result.counters)).isEqualTo(1);
        assertThat(directory.open).isZero();
    }

    @Test
    void aSingleBatchIsRunByWhoListed() {
        directory.add(file("a", 1));
        directory.add(file("b", 2));

        MemoryListing worker = list(copy(Filter.NONE), PATH);

        assertThat(result.spawned).isEmpty();
        assertThat(worker.ranHere).hasSize(1);
        CopyBatch batch = (CopyBatch) worker.ranHere.get(0);
        assertThat(batch.directory()).isEqualTo(PATH);
        assertThat(batch.count()).isEqualTo(2);
        assertThat(batch.dataBytes()).isEqualTo(3);
    }

    @Test
    void aSingleLargeFileIsLeftToOthers() {
        directory.add(file("large", CHUNK_BYTES + 1));

        MemoryListing worker = list(copy(Filter.NONE), PATH);

        assertThat(result.spawned).hasSize(1);
        assertThat(worker.ranHere).isEmpty();
    }

    @Test
    void anEmptyDirectoryEndsItsScan() {
        list(copy(Filter.NONE), PATH);

        assertThat(result.spawned).isEmpty();
        assertThat(Counter.SCANS_ENDED.in(result.counters)).isEqualTo(1);
    }

    @Test
    void manyEntriesAreSharedOutInBatches() {
        IntStream.range(0, 300).forEach(i -> directory.add(file("f" + i, 1)));

        MemoryListing worker = list(copy(Filter.NONE), PATH);

        assertThat(counts()).containsExactly(128, 128, 44);
        assertThat(worker.ranHere).isEmpty();
    }

    @Test
    void aBatchHasABoundedAmountOfData() {
        IntStream.range(0, 7).forEach(i -> directory.add(file("f" + i, CHUNK_BYTES)));

        list(copy(Filter.NONE), PATH);

        assertThat(counts()).as("of 16 MiB").containsExactly(5, 2);
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1048576, false", "3145728, false", "3145729, true", "1099511627776, true"})
    void aFileLongerThanAChunkIsCopiedInRanges(long bytes, boolean isLarge) {
        directory.add(record("sub", Entry.DIRECTORY));
        directory.add(file("f", bytes));

        list(copy(Filter.NONE), PATH);

        assertThat(result.spawned.get(1)).isInstanceOf(isLarge ? CreateLargeFile.class : CopyBatch.class);
        assertThat(Counter.SCANNED_BYTES.in(result.counters)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @CsvSource({"1048576, false", "1048577, true"})
    void aFileOfMoreThanALeafIsSummedInRanges(long bytes, boolean isLarge) {
        directory.add(record("sub", Entry.DIRECTORY));
        directory.add(file("f", bytes));

        list(sum(Filter.NONE), PATH);

        assertThat(result.spawned.get(1)).isInstanceOf(isLarge ? CreateLargeFile.class : CopyBatch.class);
    }

    @Test
    void namesOfOneInodeGoToOneRank() {
        directory.add(linked("a", 2, 5));
        directory.add(linked("b", 2, 5));
        directory.add(linked("alone", 1, 6));

        MemoryListing worker = list(copy(Filter.NONE), PATH);

        assertThat(result.notices).hasSize(1);
        HardLinkNames told = (HardLinkNames) result.notices.get(0).notice();
        assertThat(told.names()).hasSize(2);
        assertThat(result.notices.get(0).to()).isBetween(0, MemoryListing.RANKS - 1);
        assertThat(MemoryListing.names((CopyBatch) worker.ranHere.get(0))).containsExactly("alone");
        assertThat(Counter.SCANS.in(result.counters))
                .as("each may lead to an entry")
                .isEqualTo(2);
        assertThat(Counter.SCANNED_BYTES.in(result.counters))
                .as("when they are copied")
                .isEqualTo(1);
    }

    // ---- what is left out ----

    @Test
    void whatIsExcludedIsNeitherSpawnedNorCounted() throws UsageException {
        Filter filter = new Filter.Builder()
                .add(false, "*.o".getBytes(UTF_8))
                .add(false, "cache/".getBytes(UTF_8))
                .build();
        directory.add(file("a.o", 10));
        directory.add(file("a.c", 1));
        directory.add(record("cache", Entry.DIRECTORY));
        directory.add(record("keep", Entry.DIRECTORY));
        directory.add(failed("b.o", Entry.REGULAR, Errno.EACCES));

        list(copy(filter), PATH);

        assertThat(result.spawned).hasSize(2);
        assertThat(((WalkDirectory) result.spawned.get(0)).path()).isEqualTo(PATH.child("keep".getBytes(UTF_8)));
        assertThat(MemoryListing.names((CopyBatch) result.spawned.get(1))).containsExactly("a.c");
        assertThat(Counter.SCANNED.in(result.counters)).isEqualTo(2);
        assertThat(Counter.SCANNED_BYTES.in(result.counters)).isEqualTo(1);
        assertThat(Counter.SCANS.in(result.counters)).isEqualTo(1);
        assertThat(result.faults).isEmpty();
    }

    @Test
    void theFilesOfThisSumAreLeftOut() {
        directory.add(record(".fcp.id", Entry.DIRECTORY));
        directory.add(record(".fcp.idle", Entry.DIRECTORY));

        list(sum(Filter.NONE), TreePath.TOP);

        assertThat(walked()).containsExactly(".fcp.idle");
        assertThat(Counter.LEFT_OUT_RUNS.in(result.counters)).isZero();
    }

    @Test
    void theDirectoryOfUnfinishedRunsIsLeftOutOfTheTop() {
        directory.add(record(".fcp", Entry.DIRECTORY));
        directory.add(record("keep", Entry.DIRECTORY));

        list(copy(Filter.NONE, new LeftRuns(List.of("r", "s"), true)), TreePath.TOP);

        assertThat(walked()).containsExactly("keep");
        assertThat(Counter.LEFT_OUT_RUNS.in(result.counters)).isEqualTo(2);
    }

    @Test
    void aDirectoryOfThatNameWithOtherThingsInItIsContentButForTheRuns() {
        LeftRuns runs = new LeftRuns(List.of("r"), false);
        directory.add(record(".fcp", Entry.DIRECTORY));

        list(copy(Filter.NONE, runs), TreePath.TOP);

        assertThat(walked()).containsExactly(".fcp");
        assertThat(Counter.LEFT_OUT_RUNS.in(result.counters)).isZero();

        directory.remove(".fcp");
        directory.add(record("r", Entry.DIRECTORY));
        directory.add(record("other", Entry.DIRECTORY));
        result.spawned.clear();

        list(copy(Filter.NONE, runs), new TreePath(".fcp".getBytes(UTF_8)));

        assertThat(walked()).containsExactly("other");
        assertThat(Counter.LEFT_OUT_RUNS.in(result.counters)).isEqualTo(1);
    }

    @Test
    void temporaryFilesOfUnfinishedRunsAreLeftOutAnywhere() {
        directory.add(file(".fcp.r." + HASH, 10));
        directory.add(file(".fcp.r." + HASH + "+", 10));
        directory.add(file(".fcp.unknown." + HASH, 1));
        directory.add(file(".fcp.r.short", 1));
        directory.add(file(".fcpr." + HASH, 1));
        directory.add(record(".fcp.r." + HASH.replace('0', '1'), Entry.SYMLINK));

        MemoryListing worker = list(copy(Filter.NONE, new LeftRuns(List.of("r"), true)), PATH);

        assertThat(MemoryListing.names((CopyBatch) worker.ranHere.get(0)))
                .containsExactly(
                        ".fcp.unknown." + HASH, ".fcp.r.short", ".fcpr." + HASH, ".fcp.r." + HASH.replace('0', '1'));
        assertThat(Counter.LEFT_OUT_FILES.in(result.counters)).isEqualTo(2);
        assertThat(Counter.SCANNED.in(result.counters)).isEqualTo(4);
        assertThat(Counter.SCANNED_BYTES.in(result.counters)).isEqualTo(3);
    }

    @Test
    void aRunWithADirectoryOfItsOwnIsLeftOutIfNothingElseIsInIt() {
        directory.add(record(".fcp.r", Entry.DIRECTORY));
        directory.add(record(".fcp.s", Entry.DIRECTORY));
        directory.add(record(".fcp.t", Entry.DIRECTORY));
        directory.add(file(".fcp.r." + HASH, 1));
        MemoryListing worker = worker(copy(Filter.NONE), null, LISTING_BYTES, TreePath.TOP);
        worker.addRuns(".fcp.r", new LeftRuns(List.of("r"), true));
        worker.addRuns(".fcp.s", new LeftRuns(List.of("s"), false));

        new ListDirectory(0, TreePath.TOP).list(worker, worker, result);

        assertThat(walked()).containsExactly(".fcp.s", ".fcp.t");
        assertThat(Counter.LEFT_OUT_RUNS.in(result.counters)).isEqualTo(1);
        assertThat(Counter.LEFT_OUT_FILES.in(result.counters)).isEqualTo(1);
    }

    @Test
    void whatCannotBeToldFromTheFilesOfARunIsAFailure() {
        directory.add(file(".fcp.r." + HASH, 10));
        directory.add(file("other", 1));
        MemoryListing worker = worker(copy(Filter.NONE), null, LISTING_BYTES, PATH);
        worker.hideRuns(Errno.EIO);

        new ListDirectory(0, PATH).list(worker, worker, result);

        assertThat(shown(result.faults)).containsExactly("base/source/d/.fcp.r." + HASH);
        assertThat(MemoryListing.names((CopyBatch) worker.ranHere.get(0))).containsExactly("other");
    }

    // ---- what fails ----

    @Test
    void anEntryThatCannotBeDescribedIsAFailureOfItsOwn() {
        directory.add(failed("bad", Entry.REGULAR, Errno.EIO));
        directory.add(failed("sub", Entry.DIRECTORY, Errno.EACCES));
        directory.add(file("good", 1));

        MemoryListing worker = list(copy(Filter.NONE), PATH);

        assertThat(shown(result.faults)).containsExactly("base/source/d/bad", "base/source/d/sub");
        assertThat(result.faults.get(0).operation()).isEqualTo(Operation.STAT);
        assertThat(result.faults.get(0).errno()).isEqualTo(Errno.EIO.number());
        assertThat(MemoryListing.names((CopyBatch) worker.ranHere.get(0))).containsExactly("good");
        assertThat(Counter.FAULTS.in(result.counters)).isEqualTo(2);
        assertThat(Counter.SCANNED.in(result.counters)).isEqualTo(3);
    }

    @Test
    void anEntryThatHasVanishedIsNoFailure() {
        directory.add(failed("gone", Entry.REGULAR, Errno.ENOENT));
        directory.add(failed("unmounted", Entry.DIRECTORY, Errno.ENOENT));
        MemoryListing worker = worker(copy(Filter.NONE), null, LISTING_BYTES, PATH);
        worker.vanished.add("gone");

        new ListDirectory(0, PATH).list(worker, worker, result);

        assertThat(Counter.VANISHED.in(result.counters)).isEqualTo(1);
        assertThat(Counter.FAULTS.in(result.counters)).isEqualTo(1);
        assertThat(result.faults.get(0).isVanished()).isTrue();
        assertThat(shown(result.faults)).containsExactly("base/source/d/gone", "base/source/d/unmounted");
        assertThat(result.spawned).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"open, OPEN, EACCES", "list, LIST, EIO", "position, LIST, EIO"})
    void aDirectoryThatCannotBeReadIsReportedAndEndsItsScan(String call, Operation operation, Errno errno) {
        IntStream.range(0, 10).forEach(i -> directory.add(file("f" + i, 1)));
        directory.calls.fail(call, 1, operation, errno);
        EntryDigester digester = Samples.digester(sum(Filter.NONE), Algorithm.XXH64);
        MemoryListing worker = worker(sum(Filter.NONE), digester, 500, PATH);

        boolean isRead = new ListDirectory(0, PATH).list(worker, worker, result);

        assertThat(isRead).isFalse();
        assertThat(shown(result.faults)).containsExactly("base/source/d");
        assertThat(result.spawned).isEmpty();
        assertThat(Counter.SCANS_ENDED.in(result.counters)).isEqualTo(1);
        assertThat(unread(digester)).containsExactly("d");
        assertThat(directory.open).isZero();
    }

    @Test
    void aDirectoryThatHasVanishedIsNoFailure() {
        MemoryListing worker = worker(copy(Filter.NONE), null, LISTING_BYTES, new TreePath("other".getBytes(UTF_8)));
        worker.vanished.add("d");

        assertThat(new ListDirectory(0, PATH).list(worker, worker, result)).isFalse();

        assertThat(Counter.VANISHED.in(result.counters)).isEqualTo(1);
        assertThat(Counter.FAULTS.in(result.counters)).isZero();
    }

    @Test
    void whatIsUnreadIsInTheManifest() {
        directory.add(failed("bad", Entry.REGULAR, Errno.EIO));
        directory.add(file("good", 1));
        EntryDigester digester = Samples.digester(sum(Filter.NONE), Algorithm.XXH64);

        MemoryListing worker = worker(sum(Filter.NONE), digester, LISTING_BYTES, PATH);
        new ListDirectory(0, PATH).list(worker, worker, result);

        assertThat(unread(digester)).containsExactly("d/bad");
    }

    @ParameterizedTest
    @ValueSource(strings = {"open", "list", "position"})
    void aListingThatGivesUpAsTheRunStopsIsSpawnedAgain(String call) {
        IntStream.range(0, 10).forEach(i -> directory.add(file("f" + i, 1)));
        MemoryListing worker = worker(copy(Filter.NONE), null, 500, PATH);
        directory.calls.before(call, 1, worker.context::stop);
        directory.calls.fail(call, 1, Operation.LIST, Errno.EINTR);
        ListDirectory all = new ListDirectory(0, PATH);

        assertThat(all.list(worker, worker, result)).isTrue();

        assertThat(result.spawned).containsExactly(all);
        assertThat(result.faults).isEmpty();
        assertThat(Counter.SCANS_ENDED.in(result.counters)).isZero();
        assertThat(Counter.SCANNED.in(result.counters)).isZero();
        assertThat(directory.open).isZero();
    }

    private MemoryListing list(Plan plan, TreePath path) {
        MemoryListing worker = worker(plan, null, LISTING_BYTES, path);
        assertThat(new ListDirectory(0, path).list(worker, worker, result)).isTrue();
        return worker;
    }

    private MemoryListing worker(Plan plan, @Nullable EntryDigester digester, int listingBytes, TreePath path) {
        MemoryListing worker = new MemoryListing(plan, digester, listingBytes);
        worker.add(path, directory);
        return worker;
    }

    private List<Integer> counts() {
        return result.spawned.stream().map(item -> ((CopyBatch) item).count()).toList();
    }

    /** The names of the directories that are walked next. */
    private List<String> walked() {
        return result.spawned.stream()
                .map(item -> new String(((WalkDirectory) item).path().name(), UTF_8))
                .toList();
    }

    private static List<String> unread(EntryDigester digester) {
        return Samples.manifestRecords(digester).stream()
                .map(encoded -> ManifestRecord.read(ByteBuffer.wrap(encoded)))
                .filter(record -> record instanceof ManifestRecord.Unread)
                .map(record -> new String(record.path(), UTF_8))
                .toList();
    }
}
