package org.pcircle.circle;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TreeTest {

    @Property
    void everyRankButTheRootIsTheChildOfItsParent(@ForAll @IntRange(min = 1, max = 5000) int size) {
        int edges = 0;
        for (int rank = 0; rank < size; rank++) {
            Tree tree = new Tree(rank, size);
            for (int child = tree.firstChild(); child < tree.firstChild() + tree.children(); child++) {
                assertThat(new Tree(child, size).parent()).isEqualTo(rank);
                edges++;
            }
        }
        assertThat(edges).isEqualTo(size - 1);
    }

    @Property
    void itIsAsDeepAsItsLogarithm(@ForAll @IntRange(min = 1, max = 1_000_000_000) int size) {
        int depth = 0;
        for (Tree tree = new Tree(size - 1, size); !tree.isRoot(); tree = new Tree(tree.parent(), size)) {
            depth++;
        }
        assertThat(Math.pow(Tree.ARITY, depth - 1)).isLessThanOrEqualTo(size);
        assertThat(new Tree(0, size).levels()).isEqualTo(depth);
    }
}
