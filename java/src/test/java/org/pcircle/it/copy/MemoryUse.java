package org.pcircle.it.copy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.Jvm;
import org.pcircle.it.support.Running;

/**
 * What the ranks of a run need of memory. While it goes on each of them is told again and again to collect all its
 * garbage; what the log of its collections says was left then is its live heap. Collections of its own accord do not
 * count: the quick ones leave garbage behind.
 *
 * @param liveBytesMax the most that a rank had on its heap after a full collection, rounded up to whole MiB
 * @param collections full ones, of all ranks
 * @param residentBytesMax the most that a rank has ever had in RAM: heap, buffers and the JVM itself
 */
record MemoryUse(long liveBytesMax, int collections, long residentBytesMax) {

    private static final Duration LIMIT = Duration.ofMinutes(10);
    private static final long PAUSE_MS = 100;

    /** What is left is in whole MiB, rounded down. */
    private static final Pattern FULL_COLLECTION = Pattern.compile(" Pause Full .*->(\\d+)M\\(");

    /**
     * Runs fcp to its end, which must be a good one.
     *
     * @param heap of each rank, as {@code -Xmx} has it
     * @param logs an empty folder for the logs of the collections
     */
    static MemoryUse of(Fcp fcp, String heap, Path logs, Object... arguments) throws Exception {
        fcp.with("PCIRCLE_JAVA_OPTS", "-Xmx%s -Xlog:gc:file=%s/%%p".formatted(heap, logs));
        long deadlineNs = System.nanoTime() + LIMIT.toNanos();
        long residentBytesMax = 0;
        try (Running run = fcp.start(arguments)) {
            while (run.isAlive() && System.nanoTime() < deadlineNs) {
                for (Jvm rank : run.ranks()) {
                    residentBytesMax = Math.max(residentBytesMax, rank.residentBytesMax());
                    rank.tell("GC.run");
                }
                Thread.sleep(PAUSE_MS);
            }
            run.await("fcp", Duration.ofSeconds(1)).assertCode(0);
        }
        List<Long> live = liveBytes(logs);
        assertThat(live).as("full collections").isNotEmpty();
        long liveBytesMax = live.stream().mapToLong(Long::longValue).max().getAsLong();
        return new MemoryUse(liveBytesMax, live.size(), residentBytesMax);
    }

    private static List<Long> liveBytes(Path logs) throws IOException {
        try (Stream<Path> files = Files.list(logs)) {
            return files.flatMapToLong(MemoryUse::liveBytesOfRank).boxed().toList();
        }
    }

    private static LongStream liveBytesOfRank(Path log) {
        String text = Command.of("cat", log.toString()).run().assertCode(0).out();
        return FULL_COLLECTION.matcher(text).results().mapToLong(left -> (Long.parseLong(left.group(1)) + 1) << 20);
    }
}
