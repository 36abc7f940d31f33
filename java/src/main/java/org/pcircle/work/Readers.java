package org.pcircle.work;

import java.util.Arrays;
import java.util.List;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Notice;
import org.pcircle.circle.Tree;

/**
 * Whom a rank asks to read back what it has written: the ranks of other hosts in turn, for what a host has written it may show
 * from its own memory; where there are none, the other ranks of its own. It reads back itself what is written while
 * many ranges are with others. Used by the rank's own thread.
 */
final class Readers {

    /** Ranges that are with others, at most: so many of up to some 10 KiB may wait at one rank for each rank that writes. */
    static final int WITH_OTHERS_MAX = 16;

    private final int self;
    private final int size;

    /** Ranks not to be asked, ascending, this one among them. */
    private final int[] spared;

    private int last;
    private int withOthers;

    Readers(Tree tree, int[] ranksOfHost) {
        this.self = tree.rank();
        this.size = tree.size();
        this.spared = ranksOfHost.length < size ? ranksOfHost : new int[] {self};
        this.last = self;
    }

    /** Has a range read back that this rank has written. */
    Effects verify(RangeFlushed flushed) {
        VerifyRange range = new VerifyRange(
                flushed.file(), flushed.from(), flushed.to(), self, false, flushed.again(), flushed.digests());
        int reader = next();
        return reader == self
                ? Effects.of(range)
                : new Effects(List.of(), List.of(new Notice.Addressed(reader, new RangeWritten(range.sent()))));
    }

    /** The rank for the next range; this one if there is no other, or these have enough. */
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

    /** Another rank has read a range back. */
    void done() {
        withOthers--;
    }
}
