package org.pcircle.work;

import java.util.ArrayList;
import java.util.List;
import org.pcircle.circle.Notice;
import org.pcircle.report.Fault;

/** To rank 0, which writes the error list: entries that failed. */
record FaultsFound(List<Fault> faults) implements Notice {

    /** Bytes of paths in one notice, unless a single one is longer. */
    private static final int BYTES_MAX = 128 * 1024;

    /** Whether anything failed but that entries have vanished; so it did where no fault is told again, in an earlier part of the run. */
    boolean areFailures() {
        return faults.isEmpty() || faults.stream().anyMatch(fault -> !fault.isVanished());
    }

    /** Any number of faults, in notices that are not too large for a message. */
    static List<FaultsFound> inPieces(List<Fault> faults) {
        List<FaultsFound> pieces = new ArrayList<>();
        int from = 0;
        long bytes = 0;
        for (int i = 0; i < faults.size(); i++) {
            bytes += faults.get(i).path().length;
            if (bytes > BYTES_MAX && i > from) {
                pieces.add(new FaultsFound(List.copyOf(faults.subList(from, i))));
                from = i;
                bytes = faults.get(i).path().length;
            }
        }
        if (from < faults.size()) {
            pieces.add(new FaultsFound(List.copyOf(faults.subList(from, faults.size()))));
        }
        return pieces;
    }
}
