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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files of random patterns on a tree, and what rsync makes of them. */
class FilterIT {

    private static final int FILTERS = 200;

    private static final String[] NAMES = {
        "a",
        "b",
        "ab",
        "aab",
        "a.b",
        "[a]",
        "a*b",
        "a\\b",
        "-",
        "A1",
        "+ a",
        "- a",
        "a ",
        " b",
        "!",
        "..a",
        "\u00ff",
        "\u00c3\u00a9"
    };

    private static final Set<String> DIRECTORIES = Set.of("a", "b", "ab", "-", "\u00ff");

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
        "[[:none:]]",
        "[a",
        "[",
        "]",
        "[/a]",
        "[!/]",
        "[a/b]",
        "[[:a]b:]",
        "[[:]",
        "[a-]",
        "[\\]a]",
        "[!]a]",
        "[^-a]",
        "[[:alpha:]-b]",
        "..",
        "./",
        "!",
        "+ ",
        "- ",
        " ",
        "\u00ff",
        "\u00c3\u00a9",
        "[\u00a0-\u00ff]"
    };

    /** Before a pattern in a file of them. */
    private static final String[] LINE_STARTS = {
        "", "", "", "", "+ ", "+ ", "- ", "- + ", "+ - ", "# ", ";", "!", "- !", " ", "-", "+"
    };

    /** Instead of paths: the rules cannot be. */
    private static final String REFUSED = "refused";

    private static final String[] LINE_ENDS = {"\n", "\n", "\n", "\n", " \n", "\r", "\r\n", "\n!\n"};

    @TempDir
    private Path folder;

    @Test
    void leavesOutWhatRsyncLeavesOut() throws Exception {
        Path tree = Files.createDirectory(folder.resolve("tree"));
        List<Entry> entries = new ArrayList<>();
        addTree("", 3, entries);
        make(tree, entries);
        long seed = System.nanoTime();
        Random random = new Random(seed);
        for (int i = 0; i < FILTERS; i++) {
            String file = randomFile(random);
            Set<String> different = keptHere(entries, file);
            for (String path : keptByRsync(tree, file)) {
                if (!different.remove(path)) {
                    different.add(path);
                }
            }

            assertThat(different).as("seed %d, filter %d: <%s>", seed, i, file).isEmpty();
        }
    }

    private record Entry(String path, boolean isDirectory) {}

    private static void addTree(String prefix, int levels, List<Entry> entries) {
        for (String name : NAMES) {
            boolean isDirectory = levels > 1 && DIRECTORIES.contains(name);
            entries.add(new Entry(prefix + name, isDirectory));
            if (isDirectory) {
                addTree(prefix + name + "/", levels - 1, entries);
            }
        }
    }

    /** By a script, in which names are bytes. */
    private void make(Path tree, List<Entry> entries) throws IOException, InterruptedException {
        StringBuilder script = new StringBuilder();
        for (Entry entry : entries) {
            script.append(entry.isDirectory() ? "mkdir './" : ">'./")
                    .append(entry.path())
                    .append("'\n");
        }
        Path file = folder.resolve("script");
        Files.write(file, bytes(script.toString()));
        Process shell = new ProcessBuilder("sh", file.toString())
                .directory(tree.toFile())
                .inheritIO()
                .start();
        assertThat(shell.waitFor()).isZero();
    }

    private static String randomFile(Random random) {
        StringBuilder file = new StringBuilder();
        for (int rule = random.nextInt(4); rule >= 0; rule--) {
            file.append(LINE_STARTS[random.nextInt(LINE_STARTS.length)]);
            file.append(randomPattern(random));
            file.append(LINE_ENDS[random.nextInt(LINE_ENDS.length)]);
        }
        return file.toString();
    }

    private static String randomPattern(Random random) {
        StringBuilder pattern = new StringBuilder();
        for (int piece = random.nextInt(4); piece >= 0; piece--) {
            pattern.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return pattern.toString();
    }

    private static Set<String> keptHere(List<Entry> entries, String file) {
        Set<String> kept = new TreeSet<>();
        Filter filter;
        try {
            filter = new Filter.Builder().addLines(false, bytes(file)).build();
        } catch (UsageException e) {
            kept.add(REFUSED);
            return kept;
        }
        kept.add("");
        for (Entry entry : entries) {
            String parent = entry.path().substring(0, Math.max(0, entry.path().lastIndexOf('/')));
            if (kept.contains(parent) && !filter.excludes(bytes(entry.path()), entry.isDirectory())) {
                kept.add(entry.path());
            }
        }
        kept.remove("");
        return kept;
    }

    private Set<String> keptByRsync(Path tree, String file) throws IOException, InterruptedException {
        Path rules = folder.resolve("rules");
        Files.write(rules, bytes(file));
        Process rsync = new ProcessBuilder(
                        "rsync",
                        "-n",
                        "-r",
                        "-l",
                        "-8",
                        "--out-format=%n",
                        "--exclude-from=" + rules,
                        tree + "/",
                        folder.resolve("missing") + "/")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        Set<String> kept = new TreeSet<>();
        for (String line : new String(rsync.getInputStream().readAllBytes(), ISO_8859_1).split("\n", -1)) {
            String path = line.endsWith("/") ? line.substring(0, line.length() - 1) : line;
            if (!path.isEmpty() && !path.equals(".") && !path.startsWith("created directory")) {
                kept.add(path);
            }
        }
        return rsync.waitFor() == 0 ? kept : Set.of(REFUSED);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(ISO_8859_1);
    }
}
