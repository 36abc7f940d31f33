package org.pcircle.circle;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.pcircle.circle.SimulatedWork.Span;
import org.pcircle.circle.SimulatedWork.Stretch;

class WorkDequeTest {

    private final WorkDeque deque = new WorkDeque();

    @Test
    void itsOwnerTakesTheNewest() {
        deque.push(item(1));
        deque.push(item(2));
        assertThat(deque.take()).isEqualTo(item(2));
        assertThat(deque.take()).isEqualTo(item(1));
        assertThat(deque.take()).isNull();
    }

    @Test
    void aThiefGetsTheOldestHalf() {
        for (int i = 0; i < 10; i++) {
            deque.push(item(i));
        }
        assertThat(deque.steal(1 << 20)).containsExactly(item(0), item(1), item(2), item(3), item(4));
        assertThat(deque.stealable()).isEqualTo(5);
    }

    @Test
    void halfIsHalfOfTheWeight() {
        deque.push(new Span(0, 10, false));
        deque.push(item(1));
        deque.push(item(2));
        assertThat(deque.steal(1 << 20)).hasSize(1);
    }

    @Test
    void theOnlyItemIsStolenWhole() {
        deque.push(item(1));
        assertThat(deque.steal(1 << 20)).containsExactly(item(1));
        assertThat(deque.isEmpty()).isTrue();
    }

    @Test
    void theOnlyStretchIsStolenInHalves() {
        deque.push(new Stretch(0, 100));
        assertThat(deque.steal(1 << 20)).containsExactly(new Stretch(50, 100));
        assertThat(deque.steal(1 << 20)).containsExactly(new Stretch(25, 50));
        assertThat(deque.take()).isEqualTo(new Stretch(0, 1));
        assertThat(deque.take()).isEqualTo(new Stretch(1, 2));
    }

    @Test
    void aListingIsNotStolen() {
        deque.push(new Span(0, 10, true));
        assertThat(deque.steal(1 << 20)).isEmpty();
        assertThat(deque.take()).isEqualTo(new Span(0, 10, true));
    }

    @Test
    void aListingWaitsWhileThereIsEnoughToDo() {
        deque.push(new Span(0, 10, true));
        int enough = (int) (WorkDeque.HIGH_WATER_BYTES / item(0).encodedBytes());
        for (int i = 0; i < enough; i++) {
            deque.push(item(i));
        }
        assertThat(deque.take()).isEqualTo(item(enough - 1));
        assertThat(deque.take()).isEqualTo(new Span(0, 10, true));
    }

    @Test
    void whatFreesMemoryIsTakenFirstHoweverFullTheDequeIs() {
        fillBeyondHighWater();
        deque.push(new Block(1));
        deque.push(new Block(2));
        deque.push(new Span(0, 10, true));
        assertThat(deque.take()).isEqualTo(new Block(1));
        assertThat(deque.take()).isEqualTo(new Block(2));
        assertThat(deque.take()).isEqualTo(item(0));
    }

    /**
     * As when a large sub-tree is walked while many others wait: each directory leaves a record, and now and then a
     * block is full.
     */
    @Test
    void noMoreMemoryWaitsToBeFreedThanItemsInFlightLeave() {
        fillBeyondHighWater();
        int inFlightMax = 4;
        ArrayDeque<Item> inFlight = new ArrayDeque<>();
        int blocks = 0;
        int waitingMax = 0;
        for (int number = 0; number < 10_000; number++) {
            while (inFlight.size() < inFlightMax) {
                Item taken = deque.take();
                blocks -= taken instanceof Block ? 1 : 0;
                inFlight.add(taken);
            }
            if (inFlight.remove() instanceof Span) {
                deque.push(item(0));
                deque.push(new Block(number));
                blocks++;
            }
            waitingMax = Math.max(waitingMax, blocks);
            assertThat(deque.encodedBytes()).isGreaterThanOrEqualTo(WorkDeque.HIGH_WATER_BYTES);
        }
        assertThat(waitingMax).isLessThanOrEqualTo(inFlightMax);
    }

    @Test
    void onlyWhatFreesMemoryIsTakenWhereNothingElseIsWanted() {
        deque.push(item(0));
        deque.push(new Span(0, 10, true));
        assertThat(deque.takeFreeing()).isNull();
        deque.push(new Block(1));
        assertThat(deque.takeFreeing()).isEqualTo(new Block(1));
        assertThat(deque.steal(1 << 20)).as("what thieves see of it").containsExactly(item(0));
    }

    @Test
    void aGrantIsNoLargerThanItMayBe() {
        for (int i = 0; i < 100; i++) {
            deque.push(item(i));
        }
        assertThat(deque.steal(3 * item(0).encodedBytes())).hasSize(3);
    }

    @Property
    void whateverIsStolenOrTakenNothingIsLost(
            @ForAll @Size(max = 50) List<@IntRange(min = 1, max = 1000) Integer> lengths,
            @ForAll @Size(max = 80) List<Boolean> steals) {
        WorkDeque work = new WorkDeque();
        int at = 0;
        for (int length : lengths) {
            work.push(length % 2 == 0 ? new Stretch(at, at + length) : new Span(at, at + length, false));
            at += length;
        }
        List<Item> out = new ArrayList<>();
        for (boolean steal : steals) {
            if (steal) {
                out.addAll(work.steal(64));
            } else {
                Item taken = work.take();
                if (taken != null) {
                    out.add(taken);
                }
            }
        }
        for (Item left = work.take(); left != null; left = work.take()) {
            out.add(left);
        }
        assertThat(out.stream().mapToInt(WorkDequeTest::numbers).sum()).isEqualTo(at);
        assertThat(work.encodedBytes()).isZero();
    }

    private void fillBeyondHighWater() {
        while (deque.encodedBytes() < WorkDeque.HIGH_WATER_BYTES + (1 << 10)) {
            deque.push(item(0));
        }
    }

    /** Holds memory until it is run, as a block of a spool does that is to be written. */
    private record Block(int number) implements Item {
        @Override
        public long dataBytes() {
            return 0;
        }

        @Override
        public long entries() {
            return 1;
        }

        @Override
        public int encodedBytes() {
            return 0;
        }

        @Override
        public boolean stealable() {
            return false;
        }

        @Override
        public boolean freesMemory() {
            return true;
        }
    }

    private static int numbers(Item item) {
        return item instanceof Stretch stretch
                ? stretch.to() - stretch.from()
                : ((Span) item).to() - ((Span) item).from();
    }

    private static Span item(int number) {
        return new Span(number, number + 1, false);
    }
}
