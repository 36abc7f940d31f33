package org.pcircle.it.resume;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.pcircle.it.support.Command;

/** What a run that is to crash is asked for, and how it is resumed. */
final class CrashOptions {

    private static final String ID = "crash-1";
    private static final String DIFFERING = "--update=differing";
    private static final List<String> CHUNK_SIZES = List.of("64K", "256K", "1M");
    private static final List<String> INTERVALS = List.of("0.02", "0.05", "0.1", "0.3");

    private final List<String> options = new ArrayList<>();
    private String directory = "copy/.fcp";

    private CrashOptions() {}

    /** @param folder with the source; a list of what is wanted is made there */
    static CrashOptions any(SplittableRandom random, Path folder) {
        CrashOptions any = new CrashOptions();
        any.add(random, 2, "-p");
        any.add(random, 3, "-s");
        any.add(random, 4, "-c");
        any.add(random, 6, "--fsync");
        any.add(random, 6, "--io=buffered");
        any.add(random, 8, "--sparse=always");
        if (random.nextBoolean()) {
            any.options.add(random.nextBoolean() ? DIFFERING : "-f");
            any.add(random, 2, "--delete");
        }
        if (random.nextInt(5) == 0 && !any.overOlder()) {
            Command.shell("cd source && find . -type f -print0 | awk 'BEGIN { RS = ORS = \"\\0\" } NR % 3' > ../list")
                    .in(folder)
                    .run()
                    .assertCode(0);
            any.options.addAll(List.of("--files-from=list", "-0"));
        }
        any.options.add("--chunk-size=" + CHUNK_SIZES.get(random.nextInt(CHUNK_SIZES.size())));
        any.options.add("--checkpoint-interval=" + INTERVALS.get(random.nextInt(INTERVALS.size())));
        any.options.add("--checkpoint-id=" + ID);
        if (random.nextInt(5) == 0) {
            any.directory = "state";
            any.options.add("--checkpoint-dir=state");
        }
        return any;
    }

    private void add(SplittableRandom random, int oneOf, String option) {
        if (random.nextInt(oneOf) == 0) {
            options.add(option);
        }
    }

    boolean overOlder() {
        return isForced() || options.contains(DIFFERING);
    }

    boolean isForced() {
        return options.contains("-f");
    }

    boolean isMirror() {
        return options.contains("--delete");
    }

    boolean isSigned() {
        return options.contains("-s") && !isListed();
    }

    boolean isListed() {
        return options.contains("--files-from=list");
    }

    boolean keepsAttributes() {
        return options.contains("-p");
    }

    List<String> begin() {
        List<String> words = new ArrayList<>(options);
        words.addAll(List.of("source", "copy"));
        return words;
    }

    /** The same copied elsewhere in one go. */
    List<String> undisturbed() {
        List<String> words = new ArrayList<>(options);
        words.removeIf(word -> word.startsWith("--checkpoint"));
        words.addAll(List.of("source", "reference"));
        return words;
    }

    /** The same again, where it was done before. */
    List<String> update() {
        List<String> words = begin();
        words.removeIf(word -> word.equals("-f") || word.equals(DIFFERING));
        words.add(0, DIFFERING);
        return words;
    }

    /** In one of the ways there are. */
    List<String> resume(SplittableRandom random) {
        if (random.nextInt(3) == 0) {
            return List.of("--resume", directory + "/" + ID);
        }
        List<String> words = new ArrayList<>(List.of("--resume", ID));
        if (directory.equals("state")) {
            words.add("--checkpoint-dir=state");
        }
        if (random.nextBoolean()) {
            words.add("source");
        }
        words.add("copy");
        return words;
    }

    @Override
    public String toString() {
        return String.join(" ", options);
    }
}
