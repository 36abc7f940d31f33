package org.pcircle.circle;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One member of the circle: it holds work, hands it to its workers, steals when it runs out, serves its lifelines, and
 * takes part in finding out that all is done.
 *
 * <p>A rank is a value: messages, results and the time come in, messages go out. Its driver repeats: hand in the
 * messages that arrived ({@link #on}), {@link #fold} in what workers have finished, {@link #take} items for free
 * workers, and {@link #step}. Used by one thread.
 *
 * <p>The life of a run: {@link #begin}; the rounds of work; {@link #isFinished} at the root, whose driver looks at the
 * {@link #totals} and calls {@link #exit}; and {@link #hasLeft} everywhere, once the exit code has arrived and gone on.
 *
 * <p>The life of a checkpoint: {@link #beginEpoch} at the root; for a moment all ranks
 * {@linkplain #isPaused are paused}, and each workload is asked for a {@linkplain Workload#snapshot snapshot}; the
 * driver has it written and says so ({@link #written}); once everybody has ({@link #writtenEpoch}) the root's driver
 * writes the record that makes it valid, and ends it ({@link #endEpoch}).
 */
public final class Rank {

    /** Encoded bytes of the items in one grant, unless a single item is larger. */
    public static final int GRANT_BYTES_MAX = 256 * 1024;

    private final Tree tree;
    private final int workers;
    private final long reduceIntervalNs;
    private final Workload workload;
    private final WorkDeque deque = new WorkDeque();
    private final StealPolicy policy;
    private final InFlightItems inFlight = new InFlightItems();
    private final Termination termination;
    private final Epoch epoch;
    private final CounterReduction reduction;
    private final StealCounts counts;

    private boolean requestOpen;
    private Message.@Nullable Stop stop;
    /** At the root: all rounds have ended everywhere, or the run was stopped and has. */
    private boolean ended;

    private boolean lastEpochOffered;
    private boolean finishing;
    private boolean finished;
    private int exitCode = -1;
    private long nextReduceNs;

    /**
     * A rank that has not begun.
     *
     * @param counts where it counts its stealing
     */
    public Rank(RankOptions options, Workload workload, StealCounts counts) {
        this(
                options,
                new Lifelines(options.tree().rank(), options.tree().size(), options.ranksOfHost(), options.seed()),
                workload,
                counts);
    }

    Rank(RankOptions options, StealPolicy policy, Workload workload, StealCounts counts) {
        this.tree = options.tree();
        this.workers = options.workers();
        this.reduceIntervalNs = options.reduceIntervalNs();
        this.workload = workload;
        this.policy = policy;
        this.termination = new Termination(tree, workload.firstRound(), workload.rounds());
        this.epoch = new Epoch(tree, termination, workload, new Frontier());
        this.reduction = new CounterReduction(tree, workload);
        this.counts = counts;
    }

    /** Begins the first round here, and at the root the first wave. Comes before any message. */
    public void begin(long nowNs, Outbox outbox) {
        nextReduceNs = nowNs + reduceIntervalNs;
        beginRound(outbox);
        if (tree.isRoot()) {
            termination.startWave(outbox);
        }
    }

    /** Takes in one message. */
    public void on(int from, Message message, Outbox outbox) {
        if (message instanceof Message.Peer peer) {
            reduction.countReceived();
            if (peer.createsWork()) {
                termination.countReceived();
            }
            onPeer(from, peer, outbox);
        } else {
            onTree(from, message, outbox);
        }
    }

    /**
     * The next item for a worker, or null: there is none for now, or the run is to stop. Every item taken is folded
     * back.
     */
    public @Nullable Item take() {
        return stop != null || isPaused() ? null : taken(deque.take());
    }

    /**
     * Likewise, but only an item that {@linkplain Item#freesMemory() frees memory}: for a driver that wants no other
     * begun for now.
     */
    public @Nullable Item takeFreeing() {
        return stop != null || isPaused() ? null : taken(deque.takeFreeing());
    }

    /**
     * Takes in what came of an item that was taken; not while this rank {@link #isPaused}, when it still counts as not
     * done.
     */
    public void fold(Item item, Effects effects, Outbox outbox) {
        if (isPaused()) {
            throw new IllegalStateException("paused");
        }
        inFlight.remove(item);
        apply(effects, outbox);
    }

    /** Hands an item back that was taken but not begun. */
    public void giveBack(Item item) {
        inFlight.remove(item);
        deque.push(item);
    }

    /** Says no to new work, here and everywhere. The first reason that is given stays; none counts after the end. */
    public void stop(int code, String reason, Outbox outbox) {
        stop(new Message.Stop(code, reason), tree.rank(), outbox);
    }

    /**
     * At the root: begins an epoch.
     *
     * @return false if that cannot be: another is open, the round does not allow it, all is done, or this is not the
     *     root
     */
    public boolean beginEpoch(Outbox outbox) {
        boolean possible = tree.isRoot() && !ended && !epoch.isOpen() && workload.allowsEpoch(round());
        if (possible) {
            epoch.begin(outbox);
        }
        return possible;
    }

    /** Whether an epoch has begun, as far as this rank knows, and has not ended. */
    public boolean isEpochOpen() {
        return epoch.isOpen();
    }

    /**
     * Whether a snapshot is being taken. Meanwhile nothing is handed out, and what workers have done waits with the
     * driver.
     */
    public boolean isPaused() {
        return epoch.isPaused();
    }

    /** This rank's snapshot is safe, or could not be written. Said once an epoch, at any time after the snapshot. */
    public void written(int which, boolean succeeded, Outbox outbox) {
        epoch.written(which, succeeded, outbox);
    }

    /** At the root, once all ranks have written: the open epoch, and whether all of them succeeded. Else null. */
    public Message.@Nullable Written writtenEpoch() {
        return epoch.writtenByAll();
    }

    /**
     * At the root, once {@linkplain #writtenEpoch all have written}: the epoch is over, and was or was not committed.
     */
    public void endEpoch(boolean committed, Outbox outbox) {
        epoch.end(committed, outbox);
    }

    /** Does what is due: serves lifelines, asks for work, answers the wave, ends the run, reports counters. */
    public void step(long nowNs, Outbox outbox) {
        serveLifelines(outbox);
        seekWork(outbox);
        // A rank alone answers the next wave at once too.
        boolean waveBegun = true;
        while (waveBegun && isIdle() && !isPaused()) {
            waveBegun = advance(outbox);
        }
        conclude(outbox);
        report(nowNs, outbox);
    }

    /**
     * Whether a lifeline thief waits for work that this rank could not give: what its workers have not begun would
     * serve it.
     */
    public boolean hasLifelineThieves() {
        return policy.nextLifelineThief() >= 0;
    }

    /** Items that are with workers. */
    public int inFlight() {
        return inFlight.size();
    }

    /** The round of work that this rank is in, from 0. */
    public int round() {
        return termination.round();
    }

    /** Whether this rank knows that all rounds have ended everywhere, or that the run was stopped and has. */
    boolean isFinishing() {
        return finishing;
    }

    /** Why the run stops before its end; null while it does not. */
    public Message.@Nullable Stop stopped() {
        return stop;
    }

    /** At the root: all work is done, or was stopped, everywhere, and the {@link #totals} are final. */
    public boolean isFinished() {
        return finished;
    }

    /** The counters summed over this rank and the ranks below it in the tree, as last reported. */
    public long[] totals() {
        return reduction.ofSubtree();
    }

    /** At the root, once finished: sends everybody home with this exit code. */
    public void exit(int code, Outbox outbox) {
        exitCode = code;
        tree.toChildren(new Message.Exit(code), outbox);
    }

    /** Whether this rank has nothing more to send or receive. */
    public boolean hasLeft() {
        return exitCode >= 0;
    }

    /** The exit code that all ranks share; only once this rank {@link #hasLeft}. */
    public int exitCode() {
        if (exitCode < 0) {
            throw new IllegalStateException("no exit code yet");
        }
        return exitCode;
    }

    private void onPeer(int from, Message.Peer message, Outbox outbox) {
        if (message instanceof Message.Request) {
            if (!grant(from, true, outbox)) {
                send(from, new Message.Refusal(), outbox);
            }
        } else if (message instanceof Message.Lifeline) {
            policy.addLifelineThief(from);
        } else if (message instanceof Message.Refusal) {
            requestOpen = false;
        } else if (message instanceof Message.Grant grant) {
            counts.grants++;
            requestOpen &= !grant.answer();
            policy.clearLifeline(from);
            policy.workReceived();
            grant.items().forEach(deque::push);
        } else if (message instanceof Message.Note note) {
            apply(workload.receive(from, note.notice()), outbox);
        } else {
            throw new IllegalStateException("unexpected " + message);
        }
    }

    private void onTree(int from, Message message, Outbox outbox) {
        if (message instanceof Message.Wave wave) {
            boolean newRound = wave.round() != termination.round();
            termination.onWave(wave, outbox);
            if (newRound) {
                beginRound(outbox);
            }
        } else if (message instanceof Message.Count count) {
            termination.onCount(count);
        } else if (message instanceof Message.Reduce reduce) {
            reduction.report(from, reduce.counters());
        } else if (message instanceof Message.Stop reason) {
            stop(reason, from, outbox);
        } else if (message instanceof Message.OfEpoch of) {
            epoch.on(of, outbox);
        } else if (message instanceof Message.Finish) {
            finish(outbox);
        } else if (message instanceof Message.Final last) {
            reduction.reportFinal(from, last);
            reportFinal(outbox);
        } else if (message instanceof Message.Exit exit) {
            exit(exit.code(), outbox);
        } else {
            throw new IllegalStateException("unexpected " + message);
        }
    }

    private @Nullable Item taken(@Nullable Item item) {
        if (item != null) {
            inFlight.add(item);
        }
        return item;
    }

    private void beginRound(Outbox outbox) {
        apply(workload.begin(termination.round()), outbox);
    }

    private void apply(Effects effects, Outbox outbox) {
        effects.items().forEach(deque::push);
        for (Notice.Addressed addressed : effects.notices()) {
            if (addressed.to() == tree.rank()) {
                apply(workload.receive(tree.rank(), addressed.notice()), outbox);
            } else {
                send(addressed.to(), new Message.Note(addressed.notice()), outbox);
            }
        }
    }

    private void stop(Message.Stop reason, int from, Outbox outbox) {
        if (stop != null || ended || finishing) {
            return;
        }
        stop = reason;
        if (!tree.isRoot() && tree.parent() != from) {
            outbox.send(tree.parent(), reason);
        }
        int first = tree.firstChild();
        for (int child = first; child < first + tree.children(); child++) {
            if (child != from) {
                outbox.send(child, reason);
            }
        }
    }

    /** Nothing here to do. Work that was asked for and comes later is counted, so the wave need not wait for it. */
    boolean isIdle() {
        return inFlight.size() == 0 && (stop != null || deque.isEmpty());
    }

    /** Answers the wave; true when that has begun a new one here. */
    private boolean advance(Outbox outbox) {
        switch (termination.onIdle(stop != null, outbox)) {
            case OPEN:
                return false;
            case NEXT_WAVE:
                return true;
            case NEXT_ROUND:
                beginRound(outbox);
                return true;
            case END:
                ended = true;
                return false;
        }
        throw new AssertionError();
    }

    /**
     * At the end of all rounds: waits for an open epoch, takes the last one of a run that was stopped, and finishes.
     */
    private void conclude(Outbox outbox) {
        if (!ended || finishing || epoch.isOpen()) {
            return;
        }
        boolean offer = stop != null && !lastEpochOffered;
        lastEpochOffered = true;
        if (offer && workload.wantsLastEpoch() && workload.allowsEpoch(round())) {
            epoch.begin(outbox);
        } else {
            finish(outbox);
        }
    }

    private final class Frontier implements Epoch.Frontier {

        @Override
        public List<Item> items() {
            List<Item> all = new ArrayList<>();
            deque.addTo(all);
            all.addAll(inFlight.items());
            return all;
        }

        @Override
        public boolean isStopped() {
            return stop != null;
        }
    }

    private void finish(Outbox outbox) {
        finishing = true;
        reduction.beginFinal();
        tree.toChildren(new Message.Finish(), outbox);
        reportFinal(outbox);
    }

    private void reportFinal(Outbox outbox) {
        if (!reduction.allFinal()) {
            return;
        }
        Message.Final last = reduction.finalOfSubtree();
        if (!tree.isRoot()) {
            outbox.send(tree.parent(), last);
        } else if (last.sent() == last.received()) {
            finished = true;
        } else {
            finish(outbox);
        }
    }

    private void report(long nowNs, Outbox outbox) {
        if (tree.isRoot() || finishing || nowNs - nextReduceNs < 0) {
            return;
        }
        nextReduceNs = nowNs + reduceIntervalNs;
        outbox.send(tree.parent(), new Message.Reduce(reduction.ofSubtree()));
    }

    private void serveLifelines(Outbox outbox) {
        int thief = policy.nextLifelineThief();
        while (thief >= 0 && grant(thief, false, outbox)) {
            thief = policy.nextLifelineThief();
        }
    }

    /** Gives half of the work that this rank's own workers do not need at once; false if there is none. */
    private boolean grant(int to, boolean answer, Outbox outbox) {
        int free = workers - inFlight.size();
        boolean spare = deque.stealable() > 0 && (free <= 0 || deque.stealable() > free);
        if (!spare || stop != null || isPaused()) {
            return false;
        }
        policy.workReceived();
        policy.clearLifeline(to);
        send(to, new Message.Grant(deque.steal(GRANT_BYTES_MAX), answer), outbox);
        return true;
    }

    /** A rank that is finishing asks for nothing: the closing reports count on no new peer message being sent. */
    private void seekWork(Outbox outbox) {
        boolean hungry = deque.isEmpty() && inFlight.size() < workers;
        if (!hungry || requestOpen || stop != null || finishing || isPaused()) {
            return;
        }
        int victim = policy.nextVictim();
        if (victim >= 0) {
            requestOpen = true;
            counts.requests++;
            send(victim, new Message.Request(), outbox);
            return;
        }
        for (int neighbour = policy.nextLifeline(); neighbour >= 0; neighbour = policy.nextLifeline()) {
            counts.requests++;
            send(neighbour, new Message.Lifeline(), outbox);
        }
    }

    private void send(int to, Message.Peer message, Outbox outbox) {
        reduction.countSent();
        if (message.createsWork()) {
            termination.countSent();
        }
        outbox.send(to, message);
    }
}
