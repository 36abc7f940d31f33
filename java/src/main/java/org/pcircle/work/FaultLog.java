package org.pcircle.work;

import java.util.List;
import java.util.function.Consumer;
import org.pcircle.report.Fault;

/** At rank 0, the faults of all ranks. Used by the rank's own thread. */
final class FaultLog {

    private final Consumer<Fault> sink;
    private boolean anyFault;
    private boolean anyFailure;

    /** @param sink takes each fault */
    FaultLog(Consumer<Fault> sink) {
        this.sink = sink;
    }

    /**
     * Adds faults that a rank has found.
     *
     * @param areFailures whether anything failed but that entries have vanished
     */
    void add(List<Fault> faults, boolean areFailures) {
        anyFault = true;
        anyFailure |= areFailures;
        faults.forEach(sink);
    }

    /** Whether any rank has found a fault, in an earlier part of the run or in this one. */
    boolean anyFault() {
        return anyFault;
    }

    /** Likewise, but for entries of the source that have vanished. */
    boolean anyFailure() {
        return anyFailure;
    }
}
