package org.pcircle.circle;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A coordinated checkpoint, as one rank takes part in it: all ranks pause, no work is under way, each takes a snapshot,
 * all go on, and what was seen is written meanwhile.
 *
 * <pre>
 *   down       Quiesce            Snapshot       Resume                   EpochEnded
 *   here  CLOSED → QUIESCING ────────→ SNAPPED ────────→ WRITING ───────────────→ CLOSED
 *   up            Quiet, Quiet …            Snapped          Written
 * </pre>
 *
 * <p>A paused rank begins no work, takes in no results and gives nothing away; what it is sent it takes in, and notices
 * may send others, but only so many. So it is passive, and whether messages are under way that
 * {@linkplain Message.Peer#createsWork() create work} is found as {@link Termination} finds it: by two waves in a row
 * with the same, balanced sums of all that was ever sent and received. Nobody has to be idle for that, so no wave waits
 * for a system call.
 *
 * <p>From then on nothing that a snapshot holds changes until somebody goes on. Nobody does before all ranks have taken
 * theirs: what a rank sends when it goes on may reach only ranks that are past their snapshots, else an item would be
 * in the giver's and in the receiver's. That is all {@link Message.Resume} is for.
 *
 * <p>All ranks are in the same round when they pause: the wave that announced it went down every edge of the tree
 * before {@link Message.Quiesce} did, messages between two ranks keep their order, and a paused root begins no other.
 * Work of that round may have come to a rank earlier than the wave; by the time it is paused it has begun the round.
 */
final class Epoch {

    /** What a snapshot takes from its rank. */
    interface Frontier {

        /** All items of the rank that are not done: those that wait and those that are with workers. */
        List<Item> items();

        /** Whether the rank knows that the run is stopped. */
        boolean isStopped();
    }

    private enum Phase {
        CLOSED,
        QUIESCING,
        SNAPPED,
        WRITING
    }

    private final Tree tree;
    private final Termination work;
    private final Workload workload;
    private final Frontier frontier;

    private Phase phase = Phase.CLOSED;
    private int epoch;

    private int wave;
    private int childrenQuiet;
    private long sentBelow;
    private long receivedBelow;
    private long previousSent;
    private long previousReceived;

    private int childrenSnapped;
    private int childrenWritten;
    private boolean written;
    private boolean succeeded;

    /**
     * Of one rank.
     *
     * @param work whose counts of messages settle that none is under way
     */
    Epoch(Tree tree, Termination work, Workload workload, Frontier frontier) {
        this.tree = tree;
        this.work = work;
        this.workload = workload;
        this.frontier = frontier;
        this.epoch = workload.firstEpoch() - 1;
    }

    /** Whether an epoch has begun here and has not ended. */
    boolean isOpen() {
        return phase != Phase.CLOSED;
    }

    /** Whether nothing may be begun, taken in from workers or given away. */
    boolean isPaused() {
        return phase == Phase.QUIESCING || phase == Phase.SNAPPED;
    }

    /** Begins the next one, at the root. */
    void begin(Outbox outbox) {
        epoch++;
        wave = 0;
        previousSent = -1;
        previousReceived = -1;
        quiesce(outbox);
    }

    /** Takes in a message of the tree. */
    void on(Message.OfEpoch message, Outbox outbox) {
        if (message instanceof Message.Quiesce quiesce) {
            onQuiesce(quiesce, outbox);
            return;
        }
        expect(message.epoch() == epoch && isOpen(), message);
        if (message instanceof Message.Quiet quiet) {
            expect(phase == Phase.QUIESCING && quiet.wave() == wave, message);
            childrenQuiet++;
            sentBelow += quiet.sent();
            receivedBelow += quiet.received();
            answerQuiesce(outbox);
        } else if (message instanceof Message.Snapshot) {
            expect(phase == Phase.QUIESCING, message);
            snapshot(outbox);
        } else if (message instanceof Message.Snapped) {
            expect(phase == Phase.SNAPPED, message);
            childrenSnapped++;
            answerSnapshot(outbox);
        } else if (message instanceof Message.Resume) {
            expect(phase == Phase.SNAPPED, message);
            resume(outbox);
        } else if (message instanceof Message.Written of) {
            expect(!isWritten() && phase != Phase.QUIESCING, message);
            childrenWritten++;
            succeeded &= of.succeeded();
            reportWritten(outbox);
        } else if (message instanceof Message.EpochEnded end) {
            expect(phase == Phase.WRITING && isWritten(), message);
            close(end.committed(), outbox);
        }
    }

    /** This rank's snapshot is safe, or never will be. */
    void written(int which, boolean ok, Outbox outbox) {
        if (which != epoch || written || (phase != Phase.SNAPPED && phase != Phase.WRITING)) {
            throw new IllegalStateException("epoch " + which + " is not being written");
        }
        written = true;
        succeeded &= ok;
        reportWritten(outbox);
    }

    /** At the root, once all ranks have written theirs: whether all succeeded; else null. */
    Message.@Nullable Written writtenByAll() {
        return tree.isRoot() && phase == Phase.WRITING && isWritten() ? new Message.Written(epoch, succeeded) : null;
    }

    /** Ends it, at the root, once all have written. */
    void end(boolean committed, Outbox outbox) {
        if (writtenByAll() == null) {
            throw new IllegalStateException("epoch " + epoch + " has not been written");
        }
        close(committed, outbox);
    }

    private void onQuiesce(Message.Quiesce message, Outbox outbox) {
        boolean again = message.epoch() == epoch && phase == Phase.QUIESCING;
        expect(again || (message.epoch() > epoch && !isOpen()), message);
        epoch = message.epoch();
        wave = message.wave();
        quiesce(outbox);
    }

    private void quiesce(Outbox outbox) {
        phase = Phase.QUIESCING;
        childrenQuiet = 0;
        sentBelow = 0;
        receivedBelow = 0;
        childrenSnapped = 0;
        childrenWritten = 0;
        written = false;
        succeeded = true;
        tree.toChildren(new Message.Quiesce(epoch, wave), outbox);
        answerQuiesce(outbox);
    }

    private void answerQuiesce(Outbox outbox) {
        if (childrenQuiet < tree.children()) {
            return;
        }
        long sent = sentBelow + work.sent();
        long received = receivedBelow + work.received();
        if (!tree.isRoot()) {
            outbox.send(tree.parent(), new Message.Quiet(epoch, wave, sent, received));
        } else if (sent == received && sent == previousSent && received == previousReceived) {
            snapshot(outbox);
        } else {
            previousSent = sent;
            previousReceived = received;
            wave++;
            quiesce(outbox);
        }
    }

    private void snapshot(Outbox outbox) {
        phase = Phase.SNAPPED;
        tree.toChildren(new Message.Snapshot(epoch), outbox);
        workload.snapshot(epoch, frontier.isStopped(), frontier.items());
        answerSnapshot(outbox);
    }

    private void answerSnapshot(Outbox outbox) {
        if (childrenSnapped < tree.children()) {
            return;
        }
        if (tree.isRoot()) {
            resume(outbox);
        } else {
            outbox.send(tree.parent(), new Message.Snapped(epoch));
        }
    }

    private void resume(Outbox outbox) {
        phase = Phase.WRITING;
        tree.toChildren(new Message.Resume(epoch), outbox);
    }

    /** A child reports after it has taken its snapshot, perhaps before others have taken theirs. */
    private void reportWritten(Outbox outbox) {
        if (!tree.isRoot() && isWritten()) {
            outbox.send(tree.parent(), new Message.Written(epoch, succeeded));
        }
    }

    private boolean isWritten() {
        return written && childrenWritten == tree.children();
    }

    private void close(boolean committed, Outbox outbox) {
        phase = Phase.CLOSED;
        tree.toChildren(new Message.EpochEnded(epoch, committed), outbox);
        workload.epochEnded(epoch, committed);
    }

    private void expect(boolean holds, Message message) {
        if (!holds) {
            throw new IllegalStateException(message + " in epoch " + epoch + ", " + phase + ", wave " + wave);
        }
    }
}
