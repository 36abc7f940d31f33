package org.pcircle.circle;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.pcircle.circle.SimulatedFiles.Snapshot;

/**
 * Many ranks in one thread and in virtual time: a priority queue of events drives the same {@link Rank} that runs in
 * earnest. Messages take random times but keep their order between two ranks, as MPI promises; items take random times;
 * a loop with nothing to do sleeps longer and longer before it looks for messages, as the real one does. The whole run
 * follows from its options.
 *
 * <p>Checked: safety (nothing lost, nothing done twice, no round ends early, nothing left under way) and liveness (everybody
 * leaves within a bounded number of events). An epoch's snapshots must fit together, whatever is written of them later.
 * For each round a {@link SafraRing} watches the same ranks, with a token that they know nothing of: it and the waves
 * of {@link Termination} must both find the end of the same rounds, in either order, and neither before there is one.
 */
final class VirtualCluster {

    private static final int EVENTS_MAX_PER_ITEM_AND_RANK = 2_000;
    /** A rank reports its counters so often. */
    static final long TICK_NS = 1 << 24;

    private static final long POLL_NS_MIN = 50_000;
    private static final int STOP_CODE = 4;
    private static final int EPOCHS_MAX = 16;
    private static final int PERCENT = 100;
    private static final int LATER = 100;

    /** What may go wrong between sending and delivery; the tests plant faults here to see that they are caught. */
    interface Network {
        Network SOUND = (from, to, message) -> List.of(message);

        /** What arrives of a message: itself, mostly. */
        List<Message> deliver(int from, int to, Message message);
    }

    /** What the loop of a rank may do wrong; the tests plant that here to see that it is caught. */
    enum Mistake {
        NONE,
        /** What workers have done while the rank is paused counts at once. */
        APPLIES_WHILE_PAUSED,
        /** Only what waits is written down. */
        LEAVES_OUT_WHAT_RUNS,
        /** An epoch is committed though a rank could not write its file. */
        COMMITS_ANYWAY,
        /** The last epoch's file is deleted when the next one's is written. */
        FORGETS_EARLY
    }

    private final ClusterOptions options;
    private final Network network;
    private final Mistake mistake;
    private final Loss loss;
    private final SplittableRandom random;
    private final SimulatedWork work;
    private final List<VirtualRankLoop> loops = new ArrayList<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Map<Long, Long> lastArrivalNs = new HashMap<>();
    private final List<Ring> rings = new ArrayList<>();
    private final Figures figures = new Figures();
    private long nowNs;
    private long sequence;
    private int underWay;
    private int roundsEnded;
    private int epochsBegun;
    private boolean lastEpochCommitted;
    private boolean stopsAfterEpoch;

    private record Event(long atNs, long sequence, Runnable action) implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(atNs, other.atNs);
            return byTime != 0 ? byTime : Long.compare(sequence, other.sequence);
        }
    }

    /** A message that has arrived, and the round of the work that it may bring. */
    private record Arrival(int from, Message message, int round) {}

    /** What a run comes to. */
    static final class Figures {
        long events;
        long messages;
        /** Of the rank that sent the most. */
        int messagesOfARankMax;

        long peerMessages;
        long requests;
        long grants;
        int waves;
        long itemsDone;
        long busyNs;
        /** When the last item that started at rank 0 was done. */
        long lastItemNs;
        /** When the one before it was. */
        long lastButOneItemNs;
        /** When the root's counters said so. */
        long lastButOneKnownNs;
        /** When the root knew that. */
        long endNs;
        /** When a ring would have known it. */
        long ringEndNs;

        int ranks;
        int workers;
        int epochsCommitted;

        /** Share of all workers' time until the last item was done that they spent on items. */
        double efficiency() {
            return (double) busyNs / ranks / workers / lastItemNs;
        }

        /** Time from the end of the last item until the root knew. */
        long detectionNs() {
            return endNs - lastItemNs;
        }
    }

    VirtualCluster(ClusterOptions options) {
        this(options, Network.SOUND);
    }

    VirtualCluster(ClusterOptions options, Network network) {
        this(options, network, Mistake.NONE, new SimulatedWork(options), Loss.NEVER);
    }

    VirtualCluster(ClusterOptions options, Network network, Mistake mistake, SimulatedWork work, Loss loss) {
        this(
                options,
                network,
                mistake,
                work,
                loss,
                (rank, hosts) -> new Lifelines(rank, options.ranks(), hosts, options.seed()));
    }

    VirtualCluster(ClusterOptions options, PolicyMaker policies) {
        this(options, Network.SOUND, Mistake.NONE, new SimulatedWork(options), Loss.NEVER, policies);
    }

    /** Makes a rank's way of stealing. */
    interface PolicyMaker {
        StealPolicy make(int rank, int[] ranksOfHost);
    }

    private VirtualCluster(
            ClusterOptions options,
            Network network,
            Mistake mistake,
            SimulatedWork work,
            Loss loss,
            PolicyMaker policies) {
        this.options = options;
        this.network = network;
        this.mistake = mistake;
        this.loss = loss;
        this.random = new SplittableRandom(options.seed() + 2);
        this.work = work;
        this.roundsEnded = work.firstRound();
        for (int i = 0; i < options.ranks(); i++) {
            loops.add(new VirtualRankLoop(i, policies));
        }
        for (int round = work.firstRound(); round < SimulatedWork.ROUNDS; round++) {
            rings.add(new Ring(round));
        }
        figures.ranks = options.ranks();
        figures.workers = options.workers();
    }

    /**
     * Runs to the end, unless all ranks are lost before, and checks it; throws an AssertionError if something is wrong.
     */
    Figures run() {
        for (VirtualRankLoop loop : loops) {
            at(0, loop::begin);
            at(TICK_NS, loop::tick);
        }
        if (options.stopAtNs() >= 0) {
            at(options.stopAtNs(), this::stop);
        }
        if (options.epochNs() > 0) {
            at(options.epochNs(), () -> beginEpoch(options.epochNs()));
        }
        long eventsMax = (long) EVENTS_MAX_PER_ITEM_AND_RANK * (work.total() + options.ranks());
        for (Event event = events.poll(); event != null; event = events.poll()) {
            if (++figures.events > eventsMax) {
                throw new AssertionError("no end after " + eventsMax + " events");
            }
            nowNs = event.atNs();
            if (isLost()) {
                return figures;
            }
            event.action().run();
        }
        check();
        return figures;
    }

    /** Whether another run is to go on with what this one has committed: it was lost, or it was stopped. */
    boolean isToBeResumed() {
        return isLost() || (options.epochNs() > 0 && loops.get(0).rank.stopped() != null);
    }

    /** Whether all ranks have died. */
    boolean isLost() {
        return loss.hasCome(nowNs);
    }

    /** One rank with its loop. */
    private final class VirtualRankLoop implements Outbox {

        private final int index;
        private final Rank rank;
        private final SimulatedWork.Part part;
        private final ArrayDeque<Arrival> inbox = new ArrayDeque<>();
        private long pollNs = POLL_NS_MIN;
        private long sleptSinceNs;
        private boolean wakes;
        private final ArrayDeque<Item> pool = new ArrayDeque<>();
        private int working;
        private final ArrayDeque<Completion> completions = new ArrayDeque<>();
        private boolean committing;
        private int sent;
        /** Of the work that has been here: grants and notices of a round may overtake the wave that announces it. */
        private int workRound;

        VirtualRankLoop(int index, PolicyMaker policies) {
            this.index = index;
            int first = index / options.ranksPerHost() * options.ranksPerHost();
            int end = Math.min(first + options.ranksPerHost(), options.ranks());
            int[] ofHost = IntStream.range(first, end).toArray();
            Tree tree = new Tree(index, options.ranks());
            RankOptions settings = new RankOptions(tree, ofHost, options.workers(), TICK_NS, options.seed());
            this.part = work.at(index);
            this.rank = new Rank(settings, policies.make(index, ofHost), part, new StealCounts());
        }

        void begin() {
            rank.begin(nowNs, this);
            turn();
        }

        void tick() {
            if (!rank.hasLeft()) {
                turn();
                at(nowNs + TICK_NS, this::tick);
            }
        }

        @Override
        public void send(int to, Message message) {
            if (to == index || to < 0 || to >= options.ranks()) {
                throw new AssertionError("rank " + index + " sends to rank " + to);
            }
            figures.messages++;
            figures.messagesOfARankMax = Math.max(figures.messagesOfARankMax, ++sent);
            figures.waves = message instanceof Message.Wave wave ? wave.wave() : figures.waves;
            figures.grants += message instanceof Message.Grant ? 1 : 0;
            figures.peerMessages += message instanceof Message.Peer ? 1 : 0;
            figures.requests += message instanceof Message.Request || message instanceof Message.Lifeline ? 1 : 0;
            int round = workRound();
            if (createsWork(message)) {
                ring(round).safra.countSent(index);
            }
            for (Message delivered : network.deliver(index, to, message)) {
                underWay++;
                ring(round).workUnderWay += createsWork(delivered) ? 1 : 0;
                long latencyNs =
                        options.latencyNsMin() + random.nextLong(options.latencyNsMax() - options.latencyNsMin() + 1);
                boolean late = options.latePercent() > 0 && random.nextInt(PERCENT) < options.latePercent();
                latencyNs *= late ? LATER : 1;
                long pair = (long) index * options.ranks() + to;
                long atNs = Math.max(nowNs + latencyNs, lastArrivalNs.getOrDefault(pair, 0L) + 1);
                lastArrivalNs.put(pair, atNs);
                at(atNs, () -> loops.get(to).arrive(new Arrival(index, delivered, round)));
            }
        }

        private void arrive(Arrival arrival) {
            inbox.add(arrival);
            if (options.pollNsMax() == 0) {
                turn();
            } else if (!wakes) {
                wakes = true;
                at(nextLookNs(), this::wake);
            }
        }

        /**
         * When the sleeping loop looks for messages next: it has slept ever longer since it last had something to do.
         */
        private long nextLookNs() {
            long lookNs = sleptSinceNs;
            long stepNs = pollNs;
            while (lookNs < nowNs) {
                lookNs += stepNs;
                stepNs = Math.min(2 * stepNs, options.pollNsMax());
                if (stepNs == options.pollNsMax() && lookNs < nowNs) {
                    lookNs += (nowNs - lookNs + stepNs - 1) / stepNs * stepNs;
                }
            }
            return lookNs;
        }

        private void wake() {
            wakes = false;
            turn();
        }

        /** One turn of the loop: messages in, items out, step. */
        private void turn() {
            for (Arrival next = inbox.poll(); next != null; next = inbox.poll()) {
                underWay--;
                if (rank.hasLeft()) {
                    throw new AssertionError("rank " + index + " has left and gets " + next.message());
                }
                if (createsWork(next.message())) {
                    ring(next.round()).safra.countReceived(index);
                    ring(next.round()).workUnderWay--;
                    workRound = Math.max(workRound, next.round());
                }
                rank.on(next.from(), next.message(), this);
                loss.note(next.message());
            }
            if (rank.hasLeft()) {
                return;
            }
            writeSnapshot();
            fold();
            handOut(options.workers());
            rank.step(nowNs, this);
            if (rank.hasLifelineThieves()) {
                takeBack();
            } else {
                handOut(2 * options.workers());
            }
            if (index == 0) {
                noteEnds();
                noteProgress();
            }
            rings.forEach(ring -> ring.safra.look(index));
            writeSnapshot();
            writeRecord();
            if (rank.isFinished()) {
                Message.Stop stop = rank.stopped();
                rank.exit(stop == null ? 0 : stop.code(), this);
            }
            sleptSinceNs = nowNs;
        }

        private int workRound() {
            return Math.max(workRound, rank.round());
        }

        /** The root knows that rounds have ended. */
        private void noteEnds() {
            int ended = rank.round() + (rank.isFinishing() ? 1 : 0);
            for (; roundsEnded < ended; roundsEnded++) {
                verifyEnded(roundsEnded, "the waves");
                if (roundsEnded == SimulatedWork.TREE_ROUND) {
                    figures.endNs = nowNs;
                }
            }
        }

        /** The root hears how far the others are. */
        private void noteProgress() {
            if (figures.lastButOneKnownNs == 0 && rank.totals()[1] == options.items() - 1) {
                figures.lastButOneKnownNs = nowNs;
            }
        }

        /** Hands items to the pool, whose workers take them in order. */
        private void handOut(int upTo) {
            for (Item item = nextFor(upTo); item != null; item = nextFor(upTo)) {
                pool.add(item);
            }
            while (working < options.workers() && !pool.isEmpty()) {
                Item item = pool.remove();
                long ns = work.durationNs(item, index);
                working++;
                at(nowNs + ns, () -> complete(item, ns));
            }
        }

        private void takeBack() {
            while (!pool.isEmpty()) {
                rank.giveBack(pool.removeLast());
            }
        }

        private @Nullable Item nextFor(int upTo) {
            return rank.inFlight() < upTo ? rank.take() : null;
        }

        private void complete(Item item, long ns) {
            verify(!rank.hasLeft(), "rank " + index + " has left, and one of its workers is done");
            working--;
            figures.itemsDone++;
            figures.busyNs += ns;
            if (rank.round() <= SimulatedWork.TREE_ROUND) {
                figures.lastButOneItemNs = figures.lastItemNs;
                figures.lastItemNs = nowNs;
            }
            boolean early = mistake == Mistake.APPLIES_WHILE_PAUSED && rank.isPaused();
            completions.add(new Completion(item, early ? part.run(item) : null));
            fold();
            turn();
        }

        /** What workers have done while the rank is paused counts as not done. */
        private void fold() {
            while (!rank.isPaused() && !completions.isEmpty()) {
                Completion next = completions.remove();
                Effects effects = next.effects() == null ? part.run(next.item()) : next.effects();
                rank.fold(next.item(), effects, this);
            }
        }

        /** Begins to write the snapshot, if the rank has just taken one. */
        private void writeSnapshot() {
            Snapshot taken = part.takeSnapshot();
            if (taken == null) {
                return;
            }
            List<Item> frontier = taken.frontier();
            if (mistake == Mistake.LEAVES_OUT_WHAT_RUNS) {
                frontier = frontier.subList(0, frontier.size() - rank.inFlight());
            }
            Snapshot snapshot = taken.with(frontier);
            work.note(snapshot);
            boolean succeeds = random.nextInt(PERCENT) >= options.writeFailPercent();
            at(nowNs + random.nextLong(options.writeNsMax() + 1), () -> snapshotWritten(snapshot, succeeds));
        }

        private void snapshotWritten(Snapshot snapshot, boolean succeeds) {
            if (succeeds) {
                work.files().write(index, snapshot);
            }
            if (mistake == Mistake.FORGETS_EARLY) {
                work.files().forget(index, options.ranks(), snapshot.epoch(), true);
            }
            rank.written(snapshot.epoch(), succeeds, this);
            turn();
        }

        /** At the root, once all files of an epoch are written: writes the record that makes it count, and ends it. */
        private void writeRecord() {
            Message.Written written = rank.writtenEpoch();
            if (written != null && !committing) {
                committing = true;
                at(nowNs + random.nextLong(options.writeNsMax() + 1), () -> writeRecord(written));
            }
        }

        private void writeRecord(Message.Written written) {
            loss.note(Loss.Step.BEFORE_COMMIT);
            if (isLost()) {
                return;
            }
            lastEpochCommitted = written.succeeded() || mistake == Mistake.COMMITS_ANYWAY;
            if (lastEpochCommitted) {
                work.files().commit(written.epoch(), options.ranks());
                figures.epochsCommitted++;
            }
            loss.note(Loss.Step.AFTER_COMMIT);
            if (isLost()) {
                return;
            }
            committing = false;
            rank.endEpoch(lastEpochCommitted, this);
            if (stopsAfterEpoch) {
                sayStop(this);
            }
            if (epochsBegun < EPOCHS_MAX) {
                at(nowNs + options.epochNs(), () -> beginEpoch(options.epochNs()));
            }
            turn();
        }
    }

    /** An item that a worker has done; what follows from it, if that has been applied already by mistake. */
    private record Completion(Item item, @Nullable Effects effects) {}

    /** The second opinion on the end of a round. It has latencies of its own, so the ranks' do not depend on it. */
    private final class Ring implements SafraRing.Machines {

        private final int round;
        private final SafraRing safra = new SafraRing(options.ranks(), this);
        private final SplittableRandom latencies;
        private int workUnderWay;
        private long pauseNs;
        private boolean ended;

        Ring(int round) {
            this.round = round;
            this.latencies = new SplittableRandom(options.seed() * SimulatedWork.ROUNDS + round);
        }

        @Override
        public boolean isPassive(int machine) {
            Rank rank = loops.get(machine).rank;
            return rank.round() >= round && rank.isIdle();
        }

        /** It goes round less often the longer there is no end, as it may where a message is lost. */
        @Override
        public void sendToken(int to) {
            boolean goesRoundAgain = to == options.ranks() - 1;
            pauseNs = goesRoundAgain ? Math.min(2 * pauseNs + 1, TICK_NS) : pauseNs;
            long longestNs = options.latencyNsMax() + options.pollNsMax();
            long latencyNs = latencies.nextLong(options.latencyNsMin(), longestNs + 1);
            at(nowNs + latencyNs + (goesRoundAgain ? pauseNs : 0), () -> safra.tokenArrives(to));
        }

        @Override
        public void ended() {
            ended = true;
            verifyEnded(round, "the ring");
            if (round == SimulatedWork.TREE_ROUND) {
                figures.ringEndNs = nowNs;
            }
        }
    }

    private Ring ring(int round) {
        return rings.get(round - work.firstRound());
    }

    private static boolean createsWork(Message message) {
        return message instanceof Message.Peer peer && peer.createsWork();
    }

    /**
     * A round has ended, says one that should know; the next may have begun here and there, as the other knew before.
     */
    private void verifyEnded(int round, String detector) {
        String claim = detector + " ends round " + round + " with ";
        verify(ring(round).workUnderWay == 0, claim + "work under way");
        for (VirtualRankLoop loop : loops) {
            boolean past = loop.workRound() > round || (loop.rank.round() == round && loop.rank.isIdle());
            verify(past, claim + "rank " + loop.index + " still in it");
        }
        work.verifyDone(round, claim);
    }

    /**
     * Some rank cannot go on and says so; or it is a signal to the root, which waits for an epoch, and begins one if
     * none is open.
     */
    private void stop() {
        VirtualRankLoop root = loops.get(0);
        boolean signal = options.epochNs() > 0 && random.nextBoolean();
        if (signal && (root.rank.isEpochOpen() || root.rank.beginEpoch(root))) {
            stopsAfterEpoch = true;
            root.turn();
        } else {
            sayStop(loops.get(random.nextInt(options.ranks())));
        }
    }

    private void sayStop(VirtualRankLoop loop) {
        if (!loop.rank.hasLeft()) {
            loop.rank.stop(STOP_CODE, "enough", loop);
            work.stopped();
            loop.turn();
        }
    }

    /** Begins an epoch at the root; if that cannot be now, tries again later and later. */
    private void beginEpoch(long againNs) {
        VirtualRankLoop root = loops.get(0);
        if (root.rank.hasLeft()) {
            return;
        }
        if (root.rank.beginEpoch(root)) {
            epochsBegun++;
            root.turn();
        } else if (!root.rank.isEpochOpen()) {
            at(nowNs + againNs, () -> beginEpoch(2 * againNs));
        }
    }

    private void at(long atNs, Runnable action) {
        events.add(new Event(atNs, sequence++, action));
    }

    private void check() {
        Rank root = loops.get(0).rank;
        for (VirtualRankLoop loop : loops) {
            verify(loop.rank.hasLeft(), "rank " + loop.index + " never leaves");
            verify(loop.rank.inFlight() == 0, "rank " + loop.index + " leaves with items at its workers");
            verify(loop.rank.exitCode() == root.exitCode(), "rank " + loop.index + " leaves with another exit code");
            verify(loop.part.openEpoch() == 0, "rank " + loop.index + " leaves with an epoch open");
        }
        for (Ring ring : rings) {
            verify(ring.ended == ring.round < roundsEnded, "ring and waves are not one about round " + ring.round);
        }
        verify(underWay == 0, underWay + " messages are under way after the end");
        if (root.stopped() == null) {
            verify(work.missing() == 0, work.missing() + " items are lost");
            long begun = (long) options.ranks() * (root.round() + 1 - work.firstRound());
            verify(root.totals()[0] == begun, "counters do not add up: " + root.totals()[0] + " of " + begun);
            verify(root.totals()[1] == work.total(), root.totals()[1] + " counted of " + work.total());
            verify(root.totals()[2] == root.totals()[3], "notices told and received are not as many");
        } else {
            verify(root.exitCode() == STOP_CODE, "the run was stopped and says " + root.exitCode());
            boolean all = lastEpochCommitted && work.allowsEpoch(root.round());
            verify(
                    !all || work.files().numbersDone() == work.done(),
                    "the last epoch of a stopped run is not all of it");
        }
    }

    private static void verify(boolean holds, String violation) {
        if (!holds) {
            throw new AssertionError(violation);
        }
    }
}
