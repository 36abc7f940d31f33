package org.pcircle.work;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pcircle.digest.FileSum;
import org.pcircle.digest.Hasher;
import org.pcircle.digest.Leaf;
import org.pcircle.digest.LeafDigests;
import org.pcircle.digest.LeafRuns;

/**
 * What is left of the leaves of a range after a worker has had them in memory: their sum for the signature, and their digests for a manifest that wants them; or, if they are to be
 * compared with what is read back, the digest of each, of which whoever compares makes the sum.
 */
final class SeenLeaves {

    /** Bytes in a hole whose leaves are signed by one item: a tenth of a second. */
    private static final long ZEROS_MAX = (1L << 20) * Leaf.BYTES;

    /** Leaves of a range that is read back: 2 KiB of digests with XXH64, 8 KiB with SHA-256. */
    private static final int LEAVES_MAX = 256;

    private final Hasher hasher;
    private final boolean signs;
    private final @Nullable FileSum sum;
    private final @Nullable LeafRuns runs;
    private final @Nullable LeafDigests digests;

    private SeenLeaves(
            Hasher hasher,
            boolean signs,
            @Nullable FileSum sum,
            @Nullable LeafRuns runs,
            @Nullable LeafDigests digests) {
        this.hasher = hasher;
        this.signs = signs;
        this.sum = sum;
        this.runs = runs;
        this.digests = digests;
    }

    /** Of no leaf yet of a range that begins here; null if nobody wants to see any. */
    static @Nullable SeenLeaves of(Workbench bench, long from) {
        if (bench.plan().assurance().verifies()) {
            Hasher hasher = bench.verifier();
            return new SeenLeaves(hasher, bench.signing() != null, null, null, new LeafDigests(hasher.algorithm()));
        }
        Signing signing = bench.signing();
        return signing == null
                ? null
                : new SeenLeaves(signing.hasher(), true, signing.newSum(), signing.newLeaves(from), null);
    }

    /**
     * Where a range must end that begins at a leaf; unless all of that is a hole, which can go on, as there is nothing to remember of
     * it.
     */
    long endMax(long from, long to) {
        long max = digests == null ? Long.MAX_VALUE : (long) LEAVES_MAX * Leaf.BYTES;
        return to - from > max ? from + max : to;
    }

    /** Where a hole must end that begins at a leaf: each leaf of a signature takes its time, holes or not. */
    long holeEndMax(long from, long to) {
        return signs && to - from > ZEROS_MAX ? from + ZEROS_MAX : to;
    }

    /** Adds the leaf that begins at an offset of the file; it stands at the start of a buffer. */
    void add(long offset, ByteBuffer data, int bytes) {
        if (digests != null) {
            digests.add(data, bytes, hasher);
        } else if (sum != null) {
            byte[] digest = sum.addLeaf(Leaf.index(offset), data, 0, bytes, hasher);
            if (runs != null) {
                runs.add(1, digest);
            }
        }
    }

    /** Adds whole leaves of zeros. */
    void addZeros(long from, long to) {
        if (digests != null) {
            for (long offset = from; offset < to; offset += Leaf.BYTES) {
                digests.addZeros(hasher);
            }
        } else if (sum != null) {
            byte[] digest = sum.addZeros(Leaf.index(from), Leaf.index(to), hasher);
            if (runs != null) {
                runs.add(Leaf.index(to - from), digest);
            }
        }
    }

    /** Whether a range that is all hole needs no leaf to be looked at, as it is seen to be one when it is read back. */
    boolean passesHoles() {
        return digests != null;
    }

    /** Hands on what a manifest wants to know. */
    void addLeavesOf(LargeFile file, Workbench bench, Result result) {
        if (runs != null) {
            bench.signer().addLeaves(file.ref(), runs, result);
        }
    }

    @Nullable
    FileSum sum() {
        return sum;
    }

    @Nullable
    LeafDigests digests() {
        return digests;
    }
}
