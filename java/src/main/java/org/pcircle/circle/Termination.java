package org.pcircle.circle;

/**
 * Termination detection by counted messages in waves over the tree: Mattern's four-counter method ("Algorithms for
 * distributed termination detection", Distributed Computing 2, 1987).
 *
 * <p>Each rank counts the messages that {@linkplain Message.Peer#createsWork() create work}, sent and received. A wave
 * goes down the tree; a rank answers up once it is idle and all its children have answered, with the sums of its
 * subtree. When two waves in a row bring the same, balanced sums, there is no work: the first wave ended before the
 * second began, so at the moment between them all counters stood at those sums; equal sums mean that nothing was under
 * way then; and every rank had been idle when it answered the first and has received nothing since.
 *
 * <p>Because a busy rank holds its answer back, waves cost nothing while there is work, and the end is known after at
 * most two trips up and one down the tree. When a round of work has ended, the next wave announces the next round. It
 * counts as the second wave where it brings the sums that ended the round before: then no message was sent since, so
 * each rank was idle when it answered with all of its own work of the new round behind it. In the same way nothing sent
 * and nothing received is what a wave before the first would have brought, whichever round a run begins with: counts
 * begin at nothing, and each rank has its work of that round before it takes in the first wave.
 */
final class Termination {

    /** What a wave has led to; anything but OPEN happens at the root only. */
    enum Verdict {
        /** The wave goes on, or this rank has answered it. */
        OPEN,
        /** The wave ended undecided and the next one has begun. */
        NEXT_WAVE,
        /** The round has ended everywhere and the first wave of the next one has begun. */
        NEXT_ROUND,
        /** All rounds have ended everywhere. */
        END
    }

    private final Tree tree;
    private final int rounds;

    private long sent;
    private long received;

    private int wave;
    private int round;
    private boolean answered = true;
    private int childrenAnswered;
    private long subtreeSent;
    private long subtreeReceived;

    private long previousSent;
    private long previousReceived;

    Termination(Tree tree, int firstRound, int rounds) {
        this.tree = tree;
        this.round = firstRound;
        this.rounds = rounds;
    }

    int round() {
        return round;
    }

    void countSent() {
        sent++;
    }

    void countReceived() {
        received++;
    }

    /** Messages that create work, sent by this rank since it began. */
    long sent() {
        return sent;
    }

    /** Those that it has received. */
    long received() {
        return received;
    }

    /** Starts a wave from the root. */
    void startWave(Outbox outbox) {
        wave++;
        passOn(outbox);
    }

    /** A wave arrives from the parent. */
    void onWave(Message.Wave message, Outbox outbox) {
        wave = message.wave();
        round = message.round();
        passOn(outbox);
    }

    /** A child's subtree has answered. */
    void onCount(Message.Count message) {
        if (message.wave() != wave) {
            throw new IllegalStateException("count of wave " + message.wave() + " in wave " + wave);
        }
        childrenAnswered++;
        subtreeSent += message.sent();
        subtreeReceived += message.received();
    }

    /**
     * To be called while this rank is idle: answers the wave if it is still open and all children have answered. At the
     * root that ends the wave and starts the next one unless all is done.
     *
     * @param stopping whether the rounds to come are off
     */
    Verdict onIdle(boolean stopping, Outbox outbox) {
        if (answered || childrenAnswered < tree.children()) {
            return Verdict.OPEN;
        }
        answered = true;
        long allSent = subtreeSent + sent;
        long allReceived = subtreeReceived + received;
        if (!tree.isRoot()) {
            outbox.send(tree.parent(), new Message.Count(wave, allSent, allReceived));
            return Verdict.OPEN;
        }
        boolean balanced = allSent == allReceived;
        if (!balanced || allSent != previousSent || allReceived != previousReceived) {
            previousSent = allSent;
            previousReceived = allReceived;
            startWave(outbox);
            return Verdict.NEXT_WAVE;
        }
        if (stopping || round + 1 >= rounds) {
            return Verdict.END;
        }
        round++;
        startWave(outbox);
        return Verdict.NEXT_ROUND;
    }

    private void passOn(Outbox outbox) {
        answered = false;
        childrenAnswered = 0;
        subtreeSent = 0;
        subtreeReceived = 0;
        tree.toChildren(new Message.Wave(wave, round), outbox);
    }
}
