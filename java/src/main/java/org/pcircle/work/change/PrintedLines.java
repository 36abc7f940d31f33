package org.pcircle.work.change;

import java.util.concurrent.atomic.AtomicBoolean;
import org.pcircle.circle.Effects;
import org.pcircle.work.WorkerContext;

/**
 * At rank 0: lines about changes on their way to the reader. While he is slow, one worker waits for him
 * ({@link AwaitOutput}). Used by the rank's own thread.
 */
public final class PrintedLines {

    private final ChangeOutput.Printer printer;
    private final AtomicBoolean isAwaited = new AtomicBoolean();

    public PrintedLines(ChangeOutput.Printer printer) {
        this.printer = printer;
    }

    Effects print(byte[] lines) {
        printer.print(lines);
        boolean begins = printer.isBehind() && isAwaited.compareAndSet(false, true);
        return begins ? Effects.of(new AwaitOutput(this)) : Effects.NONE;
    }

    /** Waits for the reader, until a worker is stopped; by that worker. */
    void await(WorkerContext worker) throws InterruptedException {
        while (printer.isBehind() && !worker.context().isStopped()) {
            Thread.sleep(AwaitOutput.PATIENCE_MS);
        }
        isAwaited.set(false);
    }
}
