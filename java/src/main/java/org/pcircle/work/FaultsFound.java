package org.pcircle.work;

import java.util.List;
import org.pcircle.circle.Effects;
import org.pcircle.report.Fault;

/**
 * To rank 0, which writes the error list: entries that failed.
 *
 * @param areLate whether a dry run has found them where a run would find them after its deletions, which they do not
 *     prevent
 */
public record FaultsFound(List<Fault> faults, boolean areLate) implements WorkNotice<FaultLog> {

    public FaultsFound(List<Fault> faults) {
        this(faults, false);
    }

    @Override
    public Class<FaultLog> part() {
        return FaultLog.class;
    }

    @Override
    public Effects applyTo(FaultLog part, int from) {
        part.add(faults, !areLate && areFailures());
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
    public static List<FaultsFound> inPieces(List<Fault> faults, boolean areLate) {
        return Pieces.of(faults, fault -> fault.path().length).stream()
                .map(piece -> new FaultsFound(piece, areLate))
                .toList();
    }
}
