package org.pcircle.work;

import java.util.List;
import java.util.function.Consumer;
import org.pcircle.report.Fault;

/** At rank 0, the faults of all ranks. Used by the rank's own thread. */
public final class FaultLog {

    private final Consumer<Fault> sink;
    private boolean anyFault;
    private boolean anyFailure;

    /** @param sink receives each fault */
    public FaultLog(Consumer<Fault> sink) {
        this.sink = sink;
    }

    /**
     * Adds faults that a rank has found.
     *
     * @param areFailures whether there are failures other than vanished entries, which prevent deletions
     */
    void add(List<Fault> faults, boolean areFailures) {
        anyFault = true;
        anyFailure |= areFailures;
        faults.forEach(sink);
    }

    /** Whether any rank has found a fault, in this attempt or an earlier one. */
    public boolean anyFault() {
        return anyFault;
    }

    /** Whether there was a fault other than vanished entries of the source. */
    public boolean anyFailure() {
        return anyFailure;
    }
}
