package org.pcircle.circle;

import java.util.List;

/**
 * What the circle asks of the work it carries. Called by its rank only, on the rank's thread; implementations neither
 * block nor touch the files that they copy.
 */
public interface Workload {

    /** How many rounds there are; a round begins everywhere when the one before it has ended everywhere. */
    int rounds();

    /** The round that comes first: 0, or that of the epoch from which a run is resumed. The same at all ranks. */
    int firstRound();

    /** A round begins, at this rank. The first one of a resumed run begins with what was left of it. */
    Effects begin(int round);

    /** Takes in a notice of another rank, or of this one. */
    Effects receive(int from, Notice notice);

    /** This rank's counters now, in an order that all ranks share; they are added up over the tree. */
    long[] counters();

    /** The number of the first epoch that this run may begin; more than that of the one from which it is resumed. */
    int firstEpoch();

    /** At the root: whether an epoch may begin in this round. */
    boolean allowsEpoch(int round);

    /**
     * At the root, once after a stop, when nothing runs any more: whether one more epoch is to be taken before the end.
     */
    boolean wantsLastEpoch();

    /**
     * Keeps what there is to write down of this rank now, while no item and no notice is under way between any two
     * ranks. The driver sees to it that it is written, and says so ({@link Rank#written}).
     *
     * @param stopped whether the run is known to be stopped here. A rank may hear of the stop and be asked for its
     *     snapshot in one look at its messages, before its driver has its turn.
     * @param frontier all of this rank's items that are not done, for a resumed run to do: those that wait, oldest
     *     first, and those that are with workers
     */
    void snapshot(int epoch, boolean stopped, List<Item> frontier);

    /** The epoch is over; if it was committed, older ones are of no use any more, else this one is of none. */
    void epochEnded(int epoch, boolean committed);
}
