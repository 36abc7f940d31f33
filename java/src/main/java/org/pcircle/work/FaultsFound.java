package org.pcircle.work;

import java.util.List;
import org.pcircle.circle.Effects;
import org.pcircle.report.Fault;

/** To rank 0, which writes the error list: entries that failed. */
public record FaultsFound(List<Fault> faults) implements WorkNotice<FaultLog> {

    @Override
    public Class<FaultLog> part() {
        return FaultLog.class;
    }

    @Override
    public Effects applyTo(FaultLog part, int from) {
        part.add(faults, areFailures());
        return Effects.NONE;
    }

    @Override
    public boolean needsAck() {
        return true;
    }

    /**
     * Whether there are failures other than vanished entries. An empty list stands for failures of an earlier attempt.
     */
    boolean areFailures() {
        return faults.isEmpty() || faults.stream().anyMatch(fault -> !fault.isVanished());
    }

    /** Splits any number of faults into notices that fit into a message. */
    public static List<FaultsFound> inPieces(List<Fault> faults) {
        return Pieces.of(faults, fault -> fault.path().length).stream()
                .map(FaultsFound::new)
                .toList();
    }
}
