package org.pcircle.it.resume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.pcircle.it.support.Command;
import org.pcircle.it.support.SampleTree;
import org.pcircle.it.support.Zoo;

/** A tree of a few thousand entries that take a while to copy, and an older copy of it that differs in many ways. */
final class CrashTree {

    /**
     * What has changed since the copy was made: contents, with and without the time, types, and what is there at all.
     */
    private static final String AGE = """
            cp -a source older && cd older
            find . -type d ! -perm -200 -print0 > ../closed && xargs -0r chmod u+w < ../closed
            find . -type f -size -64k -print0 | sort -z | awk 'BEGIN { RS = ORS = "\\0" } NR % 5 == 0' | xargs -0r rm -f --
            find . -type f -size -64k -print0 | sort -z | awk 'BEGIN { RS = ORS = "\\0" } NR % 7 == 0' \\
              | xargs -0r sh -c 'for file; do echo older > "$file"; done' sh
            find . -type l -print0 | sort -z | awk 'BEGIN { RS = ORS = "\\0" } NR % 3 == 0' \\
              | xargs -0r sh -c 'for link; do rm -f -- "$link"; echo no link > "$link"; done' sh
            find . -type f -size +1M -exec sh -c 'head -c 100K /dev/zero >> "$1"' sh {} \\;
            mkdir extra && echo extra | tee extra/a extra/b > c-extra && chmod 500 extra
            """;

    /** The same bytes, the same time, other content: only --force replaces these. */
    private static final String FORGE = """
            find . -type f -size +0 -size -64k -links 1 -print0 | sort -z | awk 'BEGIN { RS = ORS = "\\0" } NR % 11 == 0' \\
              | xargs -0r sh -c '
                  for file; do
                    touch -r "$file" ../time; printf ! | dd of="$file" conv=notrunc status=none; touch -r ../time "$file"
                  done' sh
            """;

    /** A directory where the source has a file: only --delete takes it away. */
    private static final String BLOCK = """
            find . -type f -name 'file-*3' -print0 | sort -z | head -z -n 5 \\
              | xargs -0r sh -c 'for file; do rm -f -- "$file"; mkdir -p "$file/in/the/way"; touch "$file/in/the/way/x"; done' sh
            """;

    private final SplittableRandom random;
    private final Path folder;

    /** @param folder where {@code source} and {@code older} are made */
    CrashTree(SplittableRandom random, Path folder) {
        this.random = random;
        this.folder = folder;
    }

    /** @param withZoo whether the file system takes entries with whatever there is */
    void make(boolean withZoo) throws IOException {
        Path source = folder.resolve("source");
        if (random.nextInt(3) == 0) {
            shell(SampleTree.ODD_NAMES);
        } else if (withZoo) {
            Zoo.make(source);
        }
        SampleTree sample = new SampleTree(random.nextLong());
        for (int i = 1 + random.nextInt(20); i > 0; i--) {
            Path directory = source.resolve("d" + random.nextInt(10) + "/e" + random.nextInt(10) + "/f" + i);
            sample.directoryOfFiles(directory, random.nextInt(200), 1 + random.nextInt(40_000));
            Files.createSymbolicLink(directory.resolve("link"), Path.of("file-" + i));
        }
        sample.directoryOfFiles(source.resolve("wide"), 500 + random.nextInt(1500), 1 + random.nextInt(3000));
        sample.directoryOfFiles(source.resolve("large"), random.nextInt(60), (1 << 20) - 1);
        for (int i = random.nextInt(3); i > 0; i--) {
            sample.fileWithHoles(source.resolve("large/holes-" + i), (16L + random.nextInt(80)) << 20, 4 << 20);
        }
        link(source);
        shell("find source -type d -name 'f*' | sort | head -3 | xargs -r chmod 555; chmod 500 source/wide;"
                + " touch -d '2001-02-03 04:05:06.789' source/wide source");
    }

    /** @param isForced whether whatever is there is replaced; else what seems up to date is left alone */
    void makeOlder(boolean isForced, boolean isMirrored) {
        shell(AGE);
        if (isForced) {
            shell("cd older\n" + FORGE);
        }
        if (isMirrored) {
            shell("cd older\n" + BLOCK);
        }
        shell("cd older && xargs -0r chmod u-w < ../closed && rm ../closed");
    }

    private void link(Path source) throws IOException {
        List<Path> names = new ArrayList<>();
        for (int i = random.nextInt(300); i > 0; i--) {
            names.add(source.resolve("wide/file-" + random.nextInt(500)));
        }
        Path elsewhere = Files.createDirectories(source.resolve("linked/deeper"));
        for (int i = 0; i < names.size(); i++) {
            Files.createLink(elsewhere.resolve("name-" + i), names.get(i));
        }
        if (Files.exists(source.resolve("large/file-0"))) {
            Files.createLink(elsewhere.resolve("of-large"), source.resolve("large/file-0"));
        }
    }

    private void shell(String script) {
        Command.shell(script).in(folder).run().assertCode(0);
    }
}
