package org.pcircle.plan;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random patterns on a tree, and what rsync makes of them. */
class FilterIT {

    private static final int FILTERS = 200;

    private static final String[] NAMES = {"a", "b", "ab", "aab", "a.b", "[a]", "a*b", "a\\b", "-", "A1"};

    private static final String[] PIECES = {
        "a",
        "b",
        "ab",
        "*",
        "**",
        "***",
        "?",
        "/",
        "/",
        "/",
        "/***",
        "[ab]",
        "[!a]",
        "[^b]",
        "[a-b]",
        "[]a]",
        "[[:alpha:]]",
        "[[:digit:]A]",
        "\\*",
        "\\a",
        "\\",
        ".",
        "-",
        "[]-a]",
        "[b-a]",
        "[:alpha:]",
        "[[:none:]]"
    };

    /** At the end only: rsync counts the slashes of a pattern before it knows what is in a class. */
    private static final String UNCLOSED = "[a";

    @TempDir
    private Path folder;

    @Test
    void leavesOutWhatRsyncLeavesOut() throws Exception {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        makeTree(tree, 3);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < FILTERS; i++) {
            List<String> options = new ArrayList<>();
            Filter.Builder rules = new Filter.Builder();
            for (int rule = random.nextInt(3); rule >= 0; rule--) {
                boolean include = random.nextInt(3) == 0;
                String pattern = randomPattern(random);
                options.add((include ? "--include=" : "--exclude=") + pattern);
                rules.add(include, pattern.getBytes(ISO_8859_1));
            }
            Set<String> kept = new TreeSet<>();
            keep(tree, "", rules.build(), kept);

            assertThat(kept)
                    .as("seed %d, filter %d: %s", seed, i, options)
                    .containsExactlyElementsOf(ofRsync(tree, options));
        }
    }

    private static void makeTree(Path directory, int levels) throws IOException {
        for (String name : NAMES) {
            Path entry = directory.resolve(name);
            if (levels > 1 && name.length() < 3) {
                makeTree(Files.createDirectory(entry), levels - 1);
            } else {
                Files.createFile(entry);
            }
        }
    }

    private static String randomPattern(Random random) {
        StringBuilder pattern = new StringBuilder();
        for (int piece = random.nextInt(4); piece >= 0; piece--) {
            pattern.append(PIECES[random.nextInt(PIECES.length)]);
        }
        if (random.nextInt(10) == 0) {
            pattern.append(UNCLOSED);
        }
        return pattern.toString();
    }

    private static void keep(Path directory, String prefix, Filter filter, Set<String> kept) throws IOException {
        try (Stream<Path> entries = Files.list(directory)) {
            for (Path entry : entries.toList()) {
                boolean isDirectory = Files.isDirectory(entry);
                String path = prefix + entry.getFileName();
                if (!filter.excludes(path.getBytes(ISO_8859_1), isDirectory)) {
                    kept.add(path);
                    if (isDirectory) {
                        keep(entry, path + "/", filter, kept);
                    }
                }
            }
        }
    }

    private Set<String> ofRsync(Path tree, List<String> options) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("rsync", "-n", "-r", "-l", "-8", "--out-format=%n"));
        command.addAll(options);
        command.addAll(List.of(tree + "/", folder.resolve("missing") + "/"));
        Process rsync = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Set<String> kept = new TreeSet<>();
        for (String line : new String(rsync.getInputStream().readAllBytes(), ISO_8859_1).split("\n", -1)) {
            String path = line.endsWith("/") ? line.substring(0, line.length() - 1) : line;
            if (!path.isEmpty() && !path.equals(".") && !path.startsWith("created directory")) {
                kept.add(path);
            }
        }
        assertThat(rsync.waitFor()).isZero();
        return kept;
    }
}
