package org.pcircle.cli.job;

import org.jspecify.annotations.Nullable;
import org.pcircle.digest.Algorithm;
import org.pcircle.digest.FileSum;
import org.pcircle.digest.Hasher;
import org.pcircle.digest.Leaf;
import org.pcircle.report.Quantity;

/**
 * Warns about a signature that will take long: each mebibyte is hashed, in holes, too, so that a file of exbibytes
 * takes days though it has hardly any data. At rank 0, which checks the bytes found now and then.
 */
final class SignatureForecast {

    /** Below this it is a matter of minutes at most. */
    static final long BYTES_MIN = 1L << 50;

    private static final double TOLD_S = 600;
    private static final long LOOK_NS = 1_000_000_000L;

    /** Leaves that are hashed to measure the speed: a few milliseconds. */
    private static final int LEAVES_TIMED = 20_000;

    private final Algorithm algorithm;
    private final int workers;
    private long lookNs;
    private long bytesJudged;

    /** For all workers of all ranks. */
    SignatureForecast(Algorithm algorithm, int workers, long nowNs) {
        this.algorithm = algorithm;
        this.workers = Math.max(1, workers);
        this.lookNs = nowNs + LOOK_NS;
    }

    /** Whether it is time to check the bytes found. */
    boolean isDue(long nowNs) {
        return nowNs - lookNs >= 0;
    }

    /** Whether the forecast is due: the first time, and whenever the bytes have doubled. */
    boolean isWorthJudging(long bytesFound, long nowNs) {
        lookNs = nowNs + LOOK_NS;
        if (bytesFound < Math.max(BYTES_MIN, bytesJudged > Long.MAX_VALUE / 2 ? Long.MAX_VALUE : 2 * bytesJudged)
                || bytesFound == bytesJudged) {
            return false;
        }
        bytesJudged = bytesFound;
        return true;
    }

    /** A line that says how long so many bytes take, by the speed measured now; null if that is not long. */
    @Nullable
    String text(long bytes) {
        Hasher hasher = algorithm.newHasher();
        FileSum sum = new FileSum(algorithm);
        sum.addZeros(0, LEAVES_TIMED, hasher);
        long begin = System.nanoTime();
        sum.addZeros(0, LEAVES_TIMED, hasher);
        return text(bytes, (System.nanoTime() - begin) / 1e9 / LEAVES_TIMED);
    }

    @Nullable
    String text(long bytes, double secondsPerLeaf) {
        long leaves = Leaf.count(bytes);
        double seconds = leaves * secondsPerLeaf / workers;
        return seconds < TOLD_S
                ? null
                : "warning: the signature of " + Quantity.bytes(bytes) + " takes about " + Quantity.duration(seconds)
                        + " with " + workers + " workers: it has a digest for each MiB, in holes, too";
    }
}
