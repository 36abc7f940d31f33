package org.pcircle.it.resume;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.pcircle.it.support.Command;

/**
 * What a disturbed run had made of a copy before it was gone on with: tells afterwards what was made once more, by the
 * times at which files were born.
 */
final class CopySoFar {

    /** Of each regular file: when it was born, its length, its time, its path. */
    private static final String LIST = """
            : > list.of.files
            [ -d %1$s ] || exit 0
            cd %1$s && find . -type f -not -path './.fcp*' -print0 \\
              | xargs -0r stat --printf '%%.9W %%s %%.9Y %%n\\0' > ../list.of.files
            """;

    private final Path folder;
    private final Map<String, Born> whole;

    /** @param secondsBorn since 1970 */
    private record Born(double secondsBorn, long bytes, String time) {

        boolean isSame(Born other) {
            return other != null && bytes == other.bytes && time.equals(other.time);
        }
    }

    /**
     * What going on has come to.
     *
     * @param files that had been whole and were made once more
     * @param bytes of these
     * @param firstSeconds when its first file was born, after it was started; NaN: it made none
     */
    record Resumed(long files, long bytes, double firstSeconds) {}

    private CopySoFar(Path folder, Map<String, Born> whole) {
        this.folder = folder;
        this.whole = whole;
    }

    /**
     * Looks at a copy.
     *
     * @param folder that holds {@code source} and {@code copy}
     * @param begunMs when the run was begun; what is older it has not made
     */
    static CopySoFar in(Path folder, long begunMs) throws IOException {
        Map<String, Born> whole = files(folder, "copy");
        Map<String, Born> wanted = files(folder, "source");
        whole.entrySet()
                .removeIf(file -> file.getValue().secondsBorn() < begunMs / 1e3
                        || !file.getValue().isSame(wanted.get(file.getKey())));
        return new CopySoFar(folder, whole);
    }

    /** @param startedMs when going on was started */
    Resumed resumed(long startedMs) throws IOException {
        long files = 0;
        long bytes = 0;
        double first = Double.NaN;
        for (Map.Entry<String, Born> file : files(folder, "copy").entrySet()) {
            Born now = file.getValue();
            double seconds = now.secondsBorn() - startedMs / 1e3;
            if (seconds < 0) {
                continue;
            }
            first = first <= seconds ? first : seconds;
            if (whole.containsKey(file.getKey())) {
                files++;
                bytes += now.bytes();
            }
        }
        return new Resumed(files, bytes, first);
    }

    private static Map<String, Born> files(Path folder, String tree) throws IOException {
        Map<String, Born> files = new HashMap<>();
        Command.shell(LIST.formatted(tree)).in(folder).run().assertCode(0);
        Path list = folder.resolve("list.of.files");
        for (String line : Files.readString(list, ISO_8859_1).split("\0")) {
            String[] words = line.split(" ", 4);
            if (words.length == 4) {
                files.put(words[3], new Born(Double.parseDouble(words[0]), Long.parseLong(words[1]), words[2]));
            }
        }
        Files.delete(list);
        return files;
    }
}
