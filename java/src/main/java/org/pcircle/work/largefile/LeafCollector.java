package org.pcircle.work.largefile;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;
import org.pcircle.digest.FileSum;
import org.pcircle.digest.Hasher;
import org.pcircle.digest.Leaf;
import org.pcircle.digest.LeafDigests;
import org.pcircle.digest.LeafRuns;
import org.pcircle.work.EntryDigester;
import org.pcircle.work.WorkerContext;

/**
 * Collects the leaves of a range as a worker has them in memory: their sum for the signature, and their digests for a
 * manifest with leaves. If the range is to be verified: the digest of each leaf, from which the verifier makes the sum.
 */
final class LeafCollector {

    /** Bound on the bytes of a hole whose leaves one item hashes: a tenth of a second. */
    private static final long ZEROS_MAX = (1L << 20) * Leaf.BYTES;

    /** Bound on the leaves of a range to verify: 2 KiB of digests with XXH64, 8 KiB with SHA-256. */
    private static final int LEAVES_MAX = 256;

    private final Hasher hasher;
    private final boolean signs;
    private final @Nullable FileSum sum;
    private final @Nullable LeafRuns runs;
    private final @Nullable LeafDigests digests;

    private LeafCollector(
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

    /** An empty collector for a range that begins here; null if leaves are not hashed. */
    static @Nullable LeafCollector of(WorkerContext worker, long from) {
        EntryDigester digester = worker.digester();
        if (worker.plan().task().integrity().verifies()) {
            return toVerify(worker.verifier(), digester != null);
        }
        return digester == null ? null : toSign(digester.hasher(), digester.newLeaves(from));
    }

    /**
     * Collects digests for the verifier.
     *
     * @param signs whether there will be a signature, too, so that leaves in holes are hashed later
     */
    static LeafCollector toVerify(Hasher hasher, boolean signs) {
        return new LeafCollector(hasher, signs, null, null, new LeafDigests(hasher.algorithm()));
    }

    /**
     * Collects the sum for the signature.
     *
     * @param runs collects digests for the manifest; null if it has no leaves
     */
    static LeafCollector toSign(Hasher hasher, @Nullable LeafRuns runs) {
        return new LeafCollector(hasher, true, new FileSum(hasher.algorithm()), runs, null);
    }

    /** The end of a range that begins at a leaf. A range that is all hole may be longer, as it needs no digests. */
    long endMax(long from, long to) {
        long max = digests == null ? Long.MAX_VALUE : (long) LEAVES_MAX * Leaf.BYTES;
        return to - from > max ? from + max : to;
    }

    /** The end of a hole that begins at a leaf: hashing a leaf for a signature takes time, also in holes. */
    long holeEndMax(long from, long to) {
        return signs && to - from > ZEROS_MAX ? from + ZEROS_MAX : to;
    }

    /** Adds the leaf at an offset of the file; its data is at the start of a buffer. */
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

    /** Whether the leaves of a range that is all hole need not be added, as verification recognises a hole. */
    boolean passesHoles() {
        return digests != null;
    }

    /** The digests for the manifest; null if it has no leaves. */
    @Nullable
    LeafRuns runs() {
        return runs;
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
