package org.pcircle.work.spool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.pcircle.circle.Item;
import org.pcircle.circle.Notice;
import org.pcircle.work.Ack;

/**
 * Blocks of this rank's spools that were handed out and are not written yet. While there are many, notices of other
 * ranks are received but acknowledged later: records that arrive faster than they are written wait in memory, so their
 * senders must wait, too. Used by the rank's own thread.
 */
public final class UnwrittenBlocks implements BlockWritten.Counter {

    /** Blocks, of 256 KiB, from which on acknowledgements wait until there are fewer. */
    public static final int MAX = 4;

    /** Each from when it is handed out as a {@link WriteSpool} until its {@link BlockWritten}. */
    private int count;

    /** A rank for each of its notices that is not acknowledged yet; empty where {@code count < MAX}. */
    private final ArrayDeque<Integer> senders = new ArrayDeque<>();

    /** Counts the blocks among items that are handed out. */
    public void handedOut(List<Item> items) {
        for (int i = 0; i < items.size(); i++) {
            count += items.get(i) instanceof WriteSpool ? 1 : 0;
        }
    }

    @Override
    public List<Notice.Addressed> written() {
        assert count > 0;
        count--;
        return acknowledgements();
    }

    /** A notice was received, and its blocks were handed out; returns the acknowledgements that are due. */
    public List<Notice.Addressed> takenIn(int from) {
        senders.add(from);
        return acknowledgements();
    }

    private List<Notice.Addressed> acknowledgements() {
        List<Notice.Addressed> due = new ArrayList<>();
        while (count < MAX && !senders.isEmpty()) {
            due.add(new Notice.Addressed(senders.remove(), new Ack()));
        }
        return due;
    }
}
