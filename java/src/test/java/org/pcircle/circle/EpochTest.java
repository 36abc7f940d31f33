package org.pcircle.circle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.junit.jupiter.api.Test;
import org.pcircle.circle.SimulatedWork.Span;

/**
 * The steps of a checkpoint, one by one; in all orders they are tried by {@link VirtualClusterTest} and {@link
 * ModelTest}.
 */
class EpochTest {

    private static final int ALLOWED = 1;

    private final List<Member> members = new ArrayList<>();
    private final Queue<Runnable> underWay = new ArrayDeque<>();

    @Test
    void aRankAloneTakesItsSnapshotAtOnce() {
        Member root = begin(1).get(0);
        Item item = root.rank.take();
        assertThat(root.rank.beginEpoch(root)).isTrue();
        assertThat(root.rank.isPaused()).isFalse();
        assertThat(root.snapshots).hasSize(1);
        assertThat(root.snapshots.get(0)).hasSize(Member.ITEMS).last().isSameAs(item);
    }

    @Test
    void oneEpochIsOpenAtATime() {
        Member root = begin(1).get(0);
        root.rank.beginEpoch(root);
        assertThat(root.rank.beginEpoch(root)).isFalse();
        root.rank.written(1, true, root);
        root.rank.endEpoch(true, root);
        assertThat(root.ends).containsExactly("1 true");
        assertThat(root.rank.beginEpoch(root)).isTrue();
        root.rank.written(2, true, root);
        assertThat(root.rank.writtenEpoch()).isEqualTo(new Message.Written(2, true));
    }

    @Test
    void onlyTheRootBeginsOneAndOnlyInARoundThatAllowsIt() {
        begin(2);
        assertThat(members.get(1).rank.beginEpoch(members.get(1))).isFalse();
        Member early = new Member(0, 1, 0);
        early.rank.begin(0, early);
        assertThat(early.rank.round()).isZero();
        assertThat(early.rank.beginEpoch(early)).isFalse();
    }

    @Test
    void aPausedRankNeitherHandsOutNorTakesInNorGivesAway() {
        Member root = begin(2).get(0);
        Item item = root.rank.take();
        root.rank.beginEpoch(root);
        assertThat(root.rank.isPaused()).isTrue();
        assertThat(root.rank.take()).isNull();
        assertThatThrownBy(() -> root.rank.fold(item, Effects.NONE, root)).isInstanceOf(IllegalStateException.class);
        root.rank.on(1, new Message.Request(), root);
        root.rank.step(0, root);
        assertThat(root.sent).last().isEqualTo(new Message.Refusal());
    }

    @Test
    void whatWaitsAndWhatIsWithWorkersIsInTheSnapshots() {
        Member root = begin(3).get(0);
        Item item = root.rank.take();
        root.rank.beginEpoch(root);
        deliver();
        assertThat(members).noneMatch(member -> member.rank.isPaused());
        assertThat(root.snapshots.get(0)).hasSize(Member.ITEMS).last().isSameAs(item);
        assertThat(members.get(1).snapshots).containsExactly(List.of());
        assertThat(members.get(2).snapshots).containsExactly(List.of());
        root.rank.fold(item, Effects.NONE, root);
        assertThat(root.rank.inFlight()).isZero();
    }

    @Test
    void aSnapshotThatOneRankCannotWriteIsNotCommitted() {
        Member root = begin(3).get(0);
        root.rank.beginEpoch(root);
        deliver();
        root.rank.written(1, true, root);
        members.get(2).rank.written(1, false, members.get(2));
        deliver();
        assertThat(root.rank.writtenEpoch()).as("one is missing").isNull();
        assertThatThrownBy(() -> root.rank.endEpoch(true, root)).isInstanceOf(IllegalStateException.class);
        members.get(1).rank.written(1, true, members.get(1));
        deliver();
        assertThat(root.rank.writtenEpoch()).isEqualTo(new Message.Written(1, false));
        root.rank.endEpoch(false, root);
        deliver();
        assertThat(members).allMatch(member -> member.ends.equals(List.of("1 false")));
    }

    @Test
    void theEndWaitsForAnOpenEpoch() {
        Member root = begin(2).get(0);
        root.rank.beginEpoch(root);
        deliver();
        doAll(root);
        assertThat(root.rank.isFinishing()).isFalse();
        members.forEach(member -> member.rank.written(1, true, member));
        deliver();
        root.rank.endEpoch(true, root);
        deliver();
        root.rank.step(0, root);
        deliver();
        assertThat(root.rank.isFinished()).isTrue();
    }

    @Test
    void aRunThatIsStoppedTakesALastEpochOnceNothingRuns() {
        Member root = begin(2).get(0);
        Item item = root.rank.take();
        members.get(1).rank.stop(4, "enough", members.get(1));
        stepAll();
        assertThat(root.snapshots).as("an item is in flight").isEmpty();
        root.rank.fold(item, Effects.NONE, root);
        stepAll();
        assertThat(root.snapshots).hasSize(1);
        assertThat(root.snapshots.get(0)).hasSize(Member.ITEMS - 1);
        assertThat(root.rank.isFinishing()).isFalse();
        members.forEach(member -> member.rank.written(1, true, member));
        deliver();
        root.rank.endEpoch(true, root);
        stepAll();
        assertThat(root.rank.isFinished()).isTrue();
        assertThat(root.snapshots).hasSize(1);
    }

    /** Nobody flushes then, and the last room of a full destination may be used. */
    @Test
    void aRankThatHearsOfTheStopAndOfTheLastEpochInOneTurnKnowsThatItsSnapshotIsOfAStoppedRun() {
        Member root = begin(2).get(0);
        Item item = root.rank.take();
        stepAll();
        root.rank.stop(4, "enough", root);
        root.rank.fold(item, Effects.NONE, root);
        while (members.get(1).snapshots.isEmpty()) {
            root.rank.step(0, root);
            deliver();
        }
        assertThat(root.stopKnown).containsExactly(true);
        assertThat(members.get(1).stopKnown).containsExactly(true);
    }

    private List<Member> begin(int ranks) {
        for (int i = 0; i < ranks; i++) {
            members.add(new Member(i, ranks, ALLOWED));
        }
        members.forEach(member -> member.rank.begin(0, member));
        return members;
    }

    private void doAll(Member member) {
        for (Item item = member.rank.take(); item != null; item = member.rank.take()) {
            member.rank.fold(item, Effects.NONE, member);
        }
        stepAll();
    }

    /** Some turns of everybody's loop. */
    private void stepAll() {
        for (int turn = 0; turn < 10; turn++) {
            members.forEach(member -> member.rank.step(0, member));
            deliver();
        }
    }

    private void deliver() {
        for (Runnable next = underWay.poll(); next != null; next = underWay.poll()) {
            next.run();
        }
    }

    /**
     * A rank of a run that begins with some items at rank 0, in its last round. Rank 0 does not give them away at once.
     */
    private final class Member implements Workload, Outbox {

        private static final int ITEMS = 3;

        private final int index;
        private final int firstRound;
        private final Rank rank;
        private final List<Message> sent = new ArrayList<>();
        private final List<List<Item>> snapshots = new ArrayList<>();
        private final List<Boolean> stopKnown = new ArrayList<>();
        private final List<String> ends = new ArrayList<>();

        Member(int index, int ranks, int firstRound) {
            this.index = index;
            this.firstRound = firstRound;
            RankOptions options =
                    new RankOptions(new Tree(index, ranks), new int[] {index}, ITEMS, Long.MAX_VALUE / 2, 1);
            this.rank = new Rank(options, this, new StealCounts());
        }

        @Override
        public void send(int to, Message message) {
            sent.add(message);
            underWay.add(() -> members.get(to).rank.on(index, message, members.get(to)));
        }

        @Override
        public int rounds() {
            return ALLOWED + 1;
        }

        @Override
        public int firstRound() {
            return firstRound;
        }

        @Override
        public Effects begin(int round) {
            List<Item> items = new ArrayList<>();
            for (int i = 0; i < ITEMS && index == 0 && round == ALLOWED; i++) {
                items.add(new Span(i, i + 1, false));
            }
            return Effects.of(items);
        }

        @Override
        public Effects receive(int from, Notice notice) {
            return Effects.NONE;
        }

        @Override
        public long[] counters() {
            return new long[0];
        }

        @Override
        public int firstEpoch() {
            return 1;
        }

        @Override
        public boolean allowsEpoch(int round) {
            return round == ALLOWED;
        }

        @Override
        public boolean wantsLastEpoch() {
            return true;
        }

        @Override
        public void snapshot(int epoch, boolean stopped, List<Item> frontier) {
            stopKnown.add(stopped);
            snapshots.add(frontier);
        }

        @Override
        public void epochEnded(int epoch, boolean committed) {
            ends.add(epoch + " " + committed);
        }
    }
}
