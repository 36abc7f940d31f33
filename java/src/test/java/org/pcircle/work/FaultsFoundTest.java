package org.pcircle.work;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pcircle.fs.Operation;
import org.pcircle.report.Fault;

class FaultsFoundTest {

    @Test
    void noFaultsAreNoNotice() {
        assertThat(FaultsFound.inPieces(List.of(), false)).isEmpty();
    }

    @Test
    void faultsOfLongPathsAreSpreadOverNotices() {
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            faults.add(new Fault(new byte[4000], Operation.STAT, i));
        }

        List<FaultsFound> pieces = FaultsFound.inPieces(faults, false);

        assertThat(pieces.stream().flatMap(piece -> piece.faults().stream())).containsExactlyElementsOf(faults);
        assertThat(pieces)
                .hasSize(1000 / 32 + 1)
                .allMatch(piece -> piece.faults().size() <= 32);
    }

    @Test
    void aPathLongerThanTheLimitGoesByItself() {
        Fault fault = new Fault(new byte[1 << 20], Operation.STAT, 5);

        assertThat(FaultsFound.inPieces(List.of(fault, fault), true))
                .containsExactly(new FaultsFound(List.of(fault), true), new FaultsFound(List.of(fault), true));
    }
}
