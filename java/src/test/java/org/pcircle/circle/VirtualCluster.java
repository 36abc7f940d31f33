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

/**
 * Many ranks in one thread and in virtual time: a priority queue of events drives the same {@link Rank} that runs in
 * earnest. Messages take random times but keep their order between two ranks, as MPI promises; items take random times; a
 * loop with nothing to do sleeps longer and longer before it looks for messages, as the real one does. The whole run
 * follows from its options.
 *
 * <p>Checked: safety (nothing lost, nothing done twice, no round ends early, nothing left under way) and liveness (everybody
 * leaves within a bounded number of events). For each round a {@link SafraRing} watches the same ranks, with a token that
 * they know nothing of: it and the waves of {@link Termination} must both find the end of the same rounds, in either order,
 * and neither before there is one.
 */
final class VirtualCluster {

    private static final int EVENTS_MAX_PER_ITEM_AND_RANK = 2_000;
    /** A rank reports its counters so often. */
    static final long TICK_NS = 1 << 24;

    private static final long POLL_NS_MIN = 50_000;
    private static final int STOP_CODE = 4;

    /** What may go wrong between sending and delivery; the tests plant faults here to see that they are caught. */
    interface Network {
        Network SOUND = (from, to, message) -> List.of(message);

        /** What arrives of a message: itself, mostly. */
        List<Message> deliver(int from, int to, Message message);
    }

    private final ClusterOptions options;
    private final Network network;
    private final SplittableRandom random;
    private final SimulatedWork work;
    private final List<Node> nodes = new ArrayList<>();
    private final PriorityQueue<Event> events = new PriorityQueue<>();
    private final Map<Long, Long> lastArrivalNs = new HashMap<>();
    private final List<Ring> rings = new ArrayList<>();
    private final Figures figures = new Figures();
    private long nowNs;
    private long sequence;
    private int underWay;
    private int roundsEnded;

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
        this(options, network, (rank, hosts) -> new Lifelines(rank, options.ranks(), hosts, options.seed()));
    }

    /** Makes a rank's way of stealing. */
    interface PolicyMaker {
        StealPolicy make(int rank, int[] ranksOfHost);
    }

    VirtualCluster(ClusterOptions options, Network network, PolicyMaker policies) {
        this.options = options;
        this.network = network;
        this.random = new SplittableRandom(options.seed() + 2);
        this.work = new SimulatedWork(options);
        for (int i = 0; i < options.ranks(); i++) {
            nodes.add(new Node(i, policies));
        }
        for (int round = 0; round < SimulatedWork.ROUNDS; round++) {
            rings.add(new Ring(round));
        }
        figures.ranks = options.ranks();
        figures.workers = options.workers();
    }

    /** Runs to the end and checks it; throws an AssertionError if something is wrong. */
    Figures run() {
        for (Node node : nodes) {
            at(0, node::begin);
            at(TICK_NS, node::tick);
        }
        if (options.stopAtNs() >= 0) {
            at(options.stopAtNs(), this::stop);
        }
        long eventsMax = (long) EVENTS_MAX_PER_ITEM_AND_RANK * (work.total() + options.ranks());
        for (Event event = events.poll(); event != null; event = events.poll()) {
            if (++figures.events > eventsMax) {
                throw new AssertionError("no end after " + eventsMax + " events");
            }
            nowNs = event.atNs();
            event.action().run();
        }
        check();
        return figures;
    }

    /** One rank with its loop. */
    private final class Node implements Outbox {

        private final int index;
        private final Rank rank;
        private final ArrayDeque<Arrival> inbox = new ArrayDeque<>();
        private long pollNs = POLL_NS_MIN;
        private long sleptSinceNs;
        private boolean wakes;
        private final ArrayDeque<Item> crew = new ArrayDeque<>();
        private int working;
        private int sent;
        /** Of the work that has been here: grants and notices of a round may overtake the wave that announces it. */
        private int workRound;

        Node(int index, PolicyMaker policies) {
            this.index = index;
            int first = index / options.ranksPerHost() * options.ranksPerHost();
            int end = Math.min(first + options.ranksPerHost(), options.ranks());
            int[] ofHost = IntStream.range(first, end).toArray();
            Tree tree = new Tree(index, options.ranks());
            RankOptions settings = new RankOptions(tree, ofHost, options.workers(), TICK_NS, options.seed());
            this.rank = new Rank(settings, policies.make(index, ofHost), work.at(index), new StealCounts());
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
                rings.get(round).safra.countSent(index);
            }
            for (Message delivered : network.deliver(index, to, message)) {
                underWay++;
                rings.get(round).workUnderWay += createsWork(delivered) ? 1 : 0;
                long latencyNs =
                        options.latencyNsMin() + random.nextLong(options.latencyNsMax() - options.latencyNsMin() + 1);
                long pair = (long) index * options.ranks() + to;
                long atNs = Math.max(nowNs + latencyNs, lastArrivalNs.getOrDefault(pair, 0L) + 1);
                lastArrivalNs.put(pair, atNs);
                at(atNs, () -> nodes.get(to).arrive(new Arrival(index, delivered, round)));
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

        /** When the sleeping loop looks for messages next: it has slept ever longer since it last had something to do. */
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
                    rings.get(next.round()).safra.countReceived(index);
                    rings.get(next.round()).workUnderWay--;
                    workRound = Math.max(workRound, next.round());
                }
                rank.on(next.from(), next.message(), this);
            }
            if (rank.hasLeft()) {
                return;
            }
            handOut(options.workers());
            rank.step(nowNs, this);
            if (rank.owes()) {
                takeBack();
            } else {
                handOut(2 * options.workers());
            }
            if (index == 0) {
                noteEnds();
                noteProgress();
            }
            rings.forEach(ring -> ring.safra.look(index));
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

        /** Hands items to the crew, whose workers take them in order. */
        private void handOut(int upTo) {
            for (Item item = nextFor(upTo); item != null; item = nextFor(upTo)) {
                crew.add(item);
            }
            while (working < options.workers() && !crew.isEmpty()) {
                Item item = crew.remove();
                long ns = work.durationNs(item, index);
                working++;
                at(nowNs + ns, () -> complete(item, ns));
            }
        }

        private void takeBack() {
            while (!crew.isEmpty()) {
                rank.giveBack(crew.removeLast());
            }
        }

        private @Nullable Item nextFor(int upTo) {
            return rank.running() < upTo ? rank.take() : null;
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
            rank.fold(item, work.run(item, index), this);
            turn();
        }
    }

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
            Rank rank = nodes.get(machine).rank;
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

    private static boolean createsWork(Message message) {
        return message instanceof Message.Peer peer && peer.createsWork();
    }

    /** A round has ended, says one that should know; the next may have begun here and there, as the other knew before. */
    private void verifyEnded(int round, String detector) {
        String claim = detector + " ends round " + round + " with ";
        verify(rings.get(round).workUnderWay == 0, claim + "work under way");
        for (Node node : nodes) {
            boolean past = node.workRound() > round || (node.rank.round() == round && node.rank.isIdle());
            verify(past, claim + "rank " + node.index + " still in it");
        }
        work.verifyDone(round, claim);
    }

    private void stop() {
        Node node = nodes.get(random.nextInt(options.ranks()));
        if (!node.rank.hasLeft()) {
            node.rank.stop(STOP_CODE, "enough", node);
            work.stopped();
            node.turn();
        }
    }

    private void at(long atNs, Runnable action) {
        events.add(new Event(atNs, sequence++, action));
    }

    private void check() {
        Rank root = nodes.get(0).rank;
        for (Node node : nodes) {
            verify(node.rank.hasLeft(), "rank " + node.index + " never leaves");
            verify(node.rank.running() == 0, "rank " + node.index + " leaves with items at its workers");
            verify(node.rank.exitCode() == root.exitCode(), "rank " + node.index + " leaves with another exit code");
        }
        for (Ring ring : rings) {
            verify(ring.ended == ring.round < roundsEnded, "ring and waves are not one about round " + ring.round);
        }
        verify(underWay == 0, underWay + " messages are under way after the end");
        if (root.stopped() == null) {
            verify(work.missing() == 0, work.missing() + " items are lost");
            long begun = (long) options.ranks() * (root.round() + 1);
            verify(root.totals()[0] == begun, "counters do not add up: " + root.totals()[0] + " of " + begun);
            verify(root.totals()[1] == work.total(), root.totals()[1] + " counted of " + work.total());
        } else {
            verify(root.exitCode() == STOP_CODE, "the run was stopped and says " + root.exitCode());
        }
    }

    private static void verify(boolean holds, String violation) {
        if (!holds) {
            throw new AssertionError(violation);
        }
    }
}
