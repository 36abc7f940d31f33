package org.pcircle.circle;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the ranks of a simulated run have written down, which outlives them: a file of each rank for each epoch, and the
 * record of the last one that counts.
 */
final class SimulatedFiles {

    /**
     * What a rank writes down at an epoch.
     *
     * @param done the numbers that it has done
     * @param told notices that it has sent
     * @param received notices that it has received
     * @param frontier its items that are not done
     */
    record Snapshot(int epoch, int round, List<Integer> done, long told, long received, List<Item> frontier) {

        /** This snapshot with other items. */
        Snapshot with(List<Item> others) {
            return new Snapshot(epoch, round, done, told, received, others);
        }
    }

    private record Name(int epoch, int rank) {}

    private record Commit(int epoch, int ranks) {}

    private final Map<Name, Snapshot> files = new HashMap<>();
    private @Nullable Commit commit;

    void write(int rank, Snapshot snapshot) {
        files.put(new Name(snapshot.epoch(), rank), snapshot);
    }

    /** Writes the record that makes an epoch the one to go on from. */
    void commit(int epoch, int ranks) {
        if (epoch <= committed()) {
            throw new AssertionError("epoch " + epoch + " is committed after epoch " + committed());
        }
        commit = new Commit(epoch, ranks);
    }

    /** The epoch to go on from; 0 is none. */
    int committed() {
        return commit == null ? 0 : commit.epoch();
    }

    /** The files of the epoch to go on from, rank by rank; empty if there is none. */
    List<Snapshot> lastCommitted() {
        List<Snapshot> found = new ArrayList<>();
        for (int rank = 0; commit != null && rank < commit.ranks(); rank++) {
            Snapshot snapshot = files.get(new Name(commit.epoch(), rank));
            if (snapshot == null) {
                throw new AssertionError("epoch " + commit.epoch() + " is committed without rank " + rank);
            }
            found.add(snapshot);
        }
        return found;
    }

    /** How many numbers count as done in the epoch to go on from. */
    int numbersDone() {
        return lastCommitted().stream()
                .mapToInt(snapshot -> snapshot.done().size())
                .sum();
    }

    /**
     * One of some ranks deletes what is of no use any more: its own files, and its share of those of ranks that are no
     * more.
     */
    void forget(int rank, int ranks, int epoch, boolean committed) {
        files.keySet()
                .removeIf(name ->
                        name.rank() % ranks == rank && (committed ? name.epoch() < epoch : name.epoch() == epoch));
    }
}
