package org.pcircle.cli.console;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Writes the output of rank 0 during a run, in order and on a thread of its own: a terminal that is held, a pipe that
 * is full or a file server that does not answer must not keep the rank's loop from serving the other ranks. Not more
 * than {@value #WAITING_MAX} pieces wait to be written; then the loop does wait.
 *
 * <p>All methods but {@link #isBehind} are for the loop's thread.
 */
public final class AsyncOutput {

    private static final int WAITING_MAX = 256;

    /** With a quarter of that, those who can are kept waiting, so that the loop need not. */
    private static final int BEHIND = WAITING_MAX / 4;

    private final BlockingQueue<Runnable> waiting = new ArrayBlockingQueue<>(WAITING_MAX);
    private final AtomicInteger unwritten = new AtomicInteger();
    private final AtomicLong written = new AtomicLong();

    /** Pieces that were added, and those of them up to the last one that a checkpoint waits for. */
    private long added;

    private long neededUpTo;
    private @Nullable Thread thread;
    private volatile @Nullable Throwable failure;

    /** Writes a piece after all previous ones. */
    public void write(Runnable piece) {
        if (thread == null) {
            thread = new Thread(this::work, "output");
            thread.setDaemon(true);
            thread.start();
        }
        added++;
        unwritten.incrementAndGet();
        try {
            waiting.put(piece);
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the loop", e);
        }
    }

    /** As {@link #write}, of what a checkpoint counts as written down. */
    public void writeDown(Runnable piece) {
        write(piece);
        neededUpTo = added;
    }

    /** Whether everything of {@link #writeDown} is written, whatever else is waiting behind it. */
    public boolean isWrittenDown() {
        return written.get() >= neededUpTo;
    }

    /** Whether everything is written. */
    public boolean isIdle() {
        return unwritten.get() == 0;
    }

    /** Whether so much waits to be written that whoever makes it should wait; any thread may ask. */
    public boolean isBehind() {
        return unwritten.get() >= BEHIND;
    }

    /** Waits until everything is written; nothing may be added any more. */
    public void finish() {
        if (thread == null) {
            return;
        }
        write(() -> Thread.currentThread().interrupt());
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts the loop", e);
        }
        Throwable thrown = failure;
        if (thrown != null) {
            throw new IllegalStateException("what there was to say could not be written", thrown);
        }
    }

    private void work() {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                waiting.take().run();
            } catch (InterruptedException e) {
                return;
            } catch (Throwable e) {
                failure = e;
            }
            unwritten.decrementAndGet();
            written.incrementAndGet();
        }
    }
}
