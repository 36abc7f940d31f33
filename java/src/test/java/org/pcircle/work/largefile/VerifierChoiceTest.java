package org.pcircle.work.largefile;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.pcircle.circle.Tree;

class VerifierChoiceTest {

    @Test
    void aRankAloneReadsBackItself() {
        assertThat(next(new VerifierChoice(new Tree(0, 1), new int[] {0}), 3)).containsExactly(0, 0, 0);
    }

    @Test
    void ranksOfOtherHostsAreAskedInTurn() {
        assertThat(next(new VerifierChoice(new Tree(2, 6), new int[] {0, 2, 4}), 5))
                .containsExactly(3, 5, 1, 3, 5);
    }

    @Test
    void onOneHostItsOtherRanksAreAsked() {
        assertThat(next(new VerifierChoice(new Tree(1, 3), new int[] {0, 1, 2}), 4))
                .containsExactly(2, 0, 2, 0);
    }

    @Test
    void aRankReadsBackItselfWhileOthersHaveEnough() {
        VerifierChoice readers = new VerifierChoice(new Tree(0, 2), new int[] {0, 1});
        assertThat(next(readers, VerifierChoice.WITH_OTHERS_MAX)).containsOnly(1);
        assertThat(next(readers, 2)).containsExactly(0, 0);

        readers.done();

        assertThat(next(readers, 2)).containsExactly(1, 0);
    }

    private static List<Integer> next(VerifierChoice readers, int count) {
        List<Integer> ranks = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            ranks.add(readers.next());
        }
        return ranks;
    }
}
