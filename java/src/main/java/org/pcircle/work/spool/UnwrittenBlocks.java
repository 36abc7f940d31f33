package org.pcircle.work.spool;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.pcircle.circle.Item;
import org.pcircle.circle.Notice;
import org.pcircle.work.Ack;
import org.pcircle.work.change.AwaitOutput;
import org.pcircle.work.change.OutputTaken;

/**
 * Blocks of this rank's spools that were handed out and are not written yet. While there are many, notices of other
 * ranks are received but acknowledged later: records that arrive faster than they are written wait in memory, so their
 * senders must wait, too; and so must the senders of lines that are printed slowly ({@link AwaitOutput}). Used by the
 * rank's own thread.
 */
public final class UnwrittenBlocks implements BlockWritten.Counter, OutputTaken.Taker {

    /** Blocks, of 256 KiB, from which on acknowledgements wait until there are fewer. */
    public static final int MAX = 4;

    /** Each from when it is handed out as a {@link WriteSpool} until its {@link BlockWritten}. */
    private int count;

    /** Items that wait for output. */
    private int waiting;

    /** A rank for each of its notices that is not acknowledged yet. */
    private final ArrayDeque<Integer> senders = new ArrayDeque<>();

    /** Counts the blocks among items that are handed out, and what waits for output. */
    public void handedOut(List<Item> items) {
        for (int i = 0; i < items.size(); i++) {
            count += items.get(i) instanceof WriteSpool ? 1 : 0;
            waiting += items.get(i) instanceof AwaitOutput ? 1 : 0;
        }
    }

    @Override
    public List<Notice.Addressed> written() {
        assert count > 0;
        count--;
        return acknowledgements();
    }

    @Override
    public List<Notice.Addressed> taken() {
        assert waiting > 0;
        waiting--;
        return acknowledgements();
    }

    /** A notice was received, and its blocks were handed out; returns the acknowledgements that are due. */
    public List<Notice.Addressed> takenIn(int from) {
        senders.add(from);
        return acknowledgements();
    }

    private List<Notice.Addressed> acknowledgements() {
        List<Notice.Addressed> due = new ArrayList<>();
        while (count < MAX && waiting == 0 && !senders.isEmpty()) {
            due.add(new Notice.Addressed(senders.remove(), new Ack()));
        }
        return due;
    }
}
