package org.pcircle.work.largefile;

import java.util.Arrays;
import java.util.List;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Notice;
import org.pcircle.circle.Tree;

/**
 * Chooses the rank that verifies a range: the ranks of other hosts in turn, as a host may show what it has written from
 * its own memory; if there are none, the other ranks of the own host. While too many ranges are with others, the rank
 * verifies its ranges itself. Used by the rank's own thread.
 */
public final class VerifierChoice {

    /**
     * Bound on requests without a reply. So many requests of some 10 KiB may wait at one rank for each rank that
     * writes.
     */
    static final int WITH_OTHERS_MAX = 16;

    private final int self;
    private final int size;

    /** Ranks that are not chosen, ascending; this one is among them. */
    private final int[] spared;

    private int last;
    private int withOthers;

    public VerifierChoice(Tree tree, int[] ranksOfHost) {
        this.self = tree.rank();
        this.size = tree.size();
        this.spared = ranksOfHost.length < size ? ranksOfHost : new int[] {self};
        this.last = self;
    }

    /** Has a range verified that this rank has written. */
    public Effects verify(RangeFlushed flushed) {
        VerifyRange range = new VerifyRange(
                flushed.file(), flushed.from(), flushed.to(), self, false, flushed.again(), flushed.digests());
        int reader = next();
        return reader == self
                ? Effects.of(range)
                : new Effects(List.of(), List.of(new Notice.Addressed(reader, new VerifyRequest(range.sent()))));
    }

    /** The verifier of the next range; this rank if there is no other one, or if too many requests are open. */
    int next() {
        if (spared.length == size || withOthers == WITH_OTHERS_MAX) {
            return self;
        }
        do {
            last = (last + 1) % size;
        } while (Arrays.binarySearch(spared, last) >= 0);
        withOthers++;
        return last;
    }

    /** Another rank has replied. */
    public void done() {
        assert withOthers > 0;
        withOthers--;
    }
}
