package org.pcircle.work.walk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.pcircle.work.walk.ListingSamples.PATH;
import static org.pcircle.work.walk.ListingSamples.copy;
import static org.pcircle.work.walk.ListingSamples.file;
import static org.pcircle.work.walk.ListingSamples.record;
import static org.pcircle.work.walk.ListingSamples.shown;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.circle.Item;
import org.pcircle.fs.Entry;
import org.pcircle.fs.Errno;
import org.pcircle.fs.Operation;
import org.pcircle.plan.Filter;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.work.ItemResult;
import org.pcircle.work.batch.CopyBatch;

/** What a listing finds that takes several parts, whatever becomes of the directory between two of them. */
class ListingInPartsTest {

    private final MemoryDirectory directory = new MemoryDirectory(true, false);
    private final ItemResult result = new ItemResult();

    @Property(tries = 300)
    void eachEntryIsFoundOnceHoweverManyPartsThereAre(
            @ForAll @IntRange(max = 200) int entries,
            @ForAll @IntRange(min = 1, max = 60) int entriesOfAPart,
            @ForAll boolean hasLastingOffsets,
            @ForAll boolean tellsEndApart,
            @ForAll @IntRange(max = 20) int restoredAt) {
        MemoryDirectory many = new MemoryDirectory(hasLastingOffsets, tellsEndApart);
        List<String> names = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            names.add("f" + i);
            many.add(file("f" + i, 1));
        }
        Listing listing = new Listing(many, entriesOfAPart);

        listing.listAll(part -> part == restoredAt, part -> {});

        assertThat(listing.names).containsExactlyElementsOf(names);
        assertThat(Counter.SCANNED.in(listing.counters)).isEqualTo(entries);
        assertThat(Counter.SCANS_ENDED.in(listing.counters)).isEqualTo(1);
        assertThat(listing.faults).isEmpty();
    }

    @Property(tries = 300)
    void whatStaysIsFoundOnceWhateverComesAndGoes(
            @ForAll @IntRange(min = 1, max = 100) int entries,
            @ForAll @IntRange(min = 1, max = 30) int entriesOfAPart,
            @ForAll boolean hasLastingOffsets,
            @ForAll @IntRange(max = 100) int removed) {
        MemoryDirectory many = new MemoryDirectory(hasLastingOffsets, false);
        List<String> staying = new ArrayList<>();
        for (int i = 0; i < entries; i++) {
            many.add(file("f" + i, 1));
            if (i != removed) {
                staying.add("f" + i);
            }
        }
        Listing listing = new Listing(many, entriesOfAPart);

        listing.listAll(part -> false, part -> {
            if (part == 1) {
                many.remove("f" + removed);
                many.add(file("new", 1));
            }
        });

        assertThat(listing.names).containsAll(staying).doesNotHaveDuplicates();
        assertThat(listing.faults).isEmpty();
    }

    @Test
    void theRestIsSpawnedBeforeWhatIsFound() {
        directory.add(record("sub", Entry.DIRECTORY));
        IntStream.range(0, 10).forEach(i -> directory.add(file("f" + i, 1)));

        MemoryListing worker = worker(500);
        new ListDirectory(0, PATH).list(worker, worker, result);

        assertThat(result.spawned.get(0)).isInstanceOf(ListDirectory.class);
        assertThat(result.spawned.get(1)).isInstanceOf(WalkDirectory.class);
        assertThat(result.spawned.get(2)).isInstanceOf(CopyBatch.class);
        assertThat(Counter.SCANS_ENDED.in(result.counters)).isZero();
        assertThat(directory.open).as("offsets last").isZero();
    }

    @Test
    void aBatchThatIsNotAllIsNotRunByWhoListed() {
        IntStream.range(0, 10).forEach(i -> directory.add(file("f" + i, 1)));

        MemoryListing worker = worker(500);
        new ListDirectory(0, PATH).list(worker, worker, result);

        assertThat(result.spawned).hasSize(2);
        assertThat(worker.ranHere).isEmpty();
    }

    @Test
    void aDirectoryWithoutLastingOffsetsStaysOpenUntilItsEnd() {
        MemoryDirectory many = new MemoryDirectory(false, false);
        IntStream.range(0, 10).forEach(i -> many.add(file("f" + i, 1)));
        Listing listing = new Listing(many, 4);

        listing.listAll(part -> false, part -> assertThat(many.open).isEqualTo(1));

        assertThat(listing.parts).isEqualTo(3);
        assertThat(many.calls.count("open")).isEqualTo(1);
        assertThat(many.open).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void aDirectoryThatHasChangedSinceTheCheckpointIsListedOnceMore(boolean isNoticed) {
        MemoryDirectory many = new MemoryDirectory(false, false);
        IntStream.range(0, 8).forEach(i -> many.add(file("f" + i, 1)));
        Listing listing = new Listing(many, 4);

        listing.listAll(part -> part == 1, part -> {
            if (part == 1 && isNoticed) {
                many.remove("f2");
            } else if (part == 1) {
                IntStream.range(1, 7).forEach(i -> many.removeUnnoticed("f" + i));
            }
        });

        assertThat(listing.faults).hasSize(1);
        assertThat(listing.faults.get(0).operation()).isEqualTo(Operation.COMPARE);
        assertThat(listing.names.subList(4, listing.names.size()))
                .isEqualTo(isNoticed ? List.of("f0", "f1", "f3", "f4", "f5", "f6", "f7") : List.of("f0", "f7"));
        assertThat(Counter.SCANS_ENDED.in(listing.counters)).isEqualTo(1);
        assertThat(many.open)
                .as("but for the one that the process before has lost")
                .isEqualTo(1);
    }

    @Test
    void aFailureAmidTheDirectoryEndsItsScanAndClosesIt() {
        MemoryDirectory many = new MemoryDirectory(false, false);
        IntStream.range(0, 10).forEach(i -> many.add(file("f" + i, 1)));
        many.calls.fail("list", 2, Operation.LIST, Errno.EIO);
        Listing listing = new Listing(many, 4);

        listing.listAll(part -> false, part -> {});

        assertThat(listing.names).containsExactly("f0", "f1", "f2", "f3");
        assertThat(shown(listing.faults)).containsExactly("base/source/d");
        assertThat(Counter.SCANS_ENDED.in(listing.counters)).isEqualTo(1);
        assertThat(many.open).isZero();
    }

    /** Lists a directory to its end. */
    private static final class Listing {

        private static final int RECORD_BYTES = file("f100", 1).length;

        /** More than any directory here has. */
        private static final int PARTS_MAX = 1000;

        final List<String> names = new ArrayList<>();
        final List<Fault> faults = new ArrayList<>();
        final long[] counters = new long[Counter.COUNT];
        int parts;

        private final MemoryListing worker;

        Listing(MemoryDirectory of, int entriesOfAPart) {
            this.worker = new MemoryListing(copy(Filter.NONE), null, entriesOfAPart * RECORD_BYTES);
            worker.add(PATH, of);
        }

        interface Meanwhile {
            void happen(int parts);
        }

        /**
         * Runs the items of this directory.
         *
         * @param restored whether, after so many parts, the run is resumed from a checkpoint
         * @param meanwhile happens after so many parts, unless there are no more
         */
        void listAll(Predicate<Integer> restored, Meanwhile meanwhile) {
            @Nullable ListDirectory next = new ListDirectory(0, PATH);
            while (next != null) {
                ItemResult part = new ItemResult();
                next.list(worker, worker, part);
                parts++;
                assertThat(parts).as("it comes to an end").isLessThan(PARTS_MAX);
                next = null;
                List<Item> found = new ArrayList<>(part.spawned);
                found.addAll(worker.ranHere);
                worker.ranHere.clear();
                for (Item item : found) {
                    if (item instanceof ListDirectory rest) {
                        meanwhile.happen(parts);
                        next = restored.test(parts) ? restored(rest) : rest;
                    } else {
                        names.addAll(MemoryListing.names((CopyBatch) item));
                    }
                }
                faults.addAll(part.faults);
                for (int i = 0; i < counters.length; i++) {
                    counters[i] += part.counters[i];
                }
            }
        }

        private static ListDirectory restored(ListDirectory item) {
            ByteBuffer bytes = ByteBuffer.allocate(item.encodedBytes());
            item.write(bytes);
            return ListDirectory.read(bytes.flip());
        }
    }

    private MemoryListing worker(int listingBytes) {
        MemoryListing worker = new MemoryListing(copy(Filter.NONE), null, listingBytes);
        worker.add(PATH, directory);
        return worker;
    }
}
