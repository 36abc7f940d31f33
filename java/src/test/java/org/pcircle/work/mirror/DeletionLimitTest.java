package org.pcircle.work.mirror;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.pcircle.circle.Effects;
import org.pcircle.circle.Notice;
import org.pcircle.fs.TreePath;

/** Whatever is found after the count, no more entries are deleted than are allowed. */
class DeletionLimitTest {

    @Test
    void aRankAsksRankZeroAndGoesOnWithTheAnswer() {
        DeletionLimit rank = new DeletionLimit(5);
        DeleteNames names = names(3);

        Effects asked = rank.found(names);

        assertThat(asked.items()).isEmpty();
        assertThat(asked.notices()).containsExactly(new Notice.Addressed(0, new DeletionsWanted(3)));
        assertThat(rank.allowed(2)).containsExactly(names.allow(2));
    }

    @Test
    void answersComeInTheOrderOfTheQuestions() {
        DeletionLimit rank = new DeletionLimit(5);
        DeleteNames first = names(3);
        DeleteNames second = names(2);
        rank.found(first);
        rank.found(second);

        assertThat(rank.allowed(3)).containsExactly(first.allow(3));
        assertThat(rank.allowed(1)).containsExactly(second.allow(1));
    }

    @Test
    void rankZeroAnswersWhoHasAsked() {
        DeletionLimit rankZero = new DeletionLimit(5);

        assertThat(new DeletionsWanted(4).applyTo(rankZero::allow, 7).notices())
                .containsExactly(new Notice.Addressed(7, new DeletionsAllowed(4)));
        assertThat(new DeletionsWanted(4).applyTo(rankZero::allow, 8).notices())
                .containsExactly(new Notice.Addressed(8, new DeletionsAllowed(1)));
    }

    @Property
    void noMoreAreAllowedThanThereMayBe(
            @ForAll @IntRange(max = 50) int max,
            @ForAll @Size(max = 20) List<@IntRange(min = 1, max = 10) Integer> wanted,
            @ForAll @IntRange(max = 60) int directories) {
        DeletionLimit limit = new DeletionLimit(max);
        long deleted = 0;
        long sum = directories;
        for (int entries : wanted) {
            int allowed = limit.allow(entries);
            assertThat(allowed).isBetween(0, entries);
            deleted += allowed;
            sum += entries;
        }
        for (int i = 0; i < directories && limit.allowsMore(); i++) {
            limit.deleted();
            deleted++;
        }
        assertThat(deleted).isEqualTo(Math.min(max, sum));
    }

    private static DeleteNames names(int count) {
        List<DeleteNames.Extraneous> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(new DeleteNames.Extraneous(new byte[] {(byte) ('a' + i)}, i));
        }
        return new DeleteNames(0, TreePath.TOP, names, 0);
    }
}
