package org.pcircle.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/**
 * A folder for one benchmark's files, below {@code -Dpcircle.bench.folder} or else the temporary folder; RAM-backed
 * ones are the steadier.
 */
final class Scratch implements AutoCloseable {

    private final Path folder;

    Scratch() throws IOException {
        String parent = System.getProperty("pcircle.bench.folder", System.getProperty("java.io.tmpdir"));
        folder = Files.createTempDirectory(Path.of(parent), "pcircle-bench-");
    }

    byte[] path() {
        return folder.toString().getBytes(UTF_8);
    }

    byte[] directory(String name) throws IOException {
        return Files.createDirectory(folder.resolve(name)).toString().getBytes(UTF_8);
    }

    /** Makes a file of random bytes. */
    void file(String name, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        Files.write(folder.resolve(name), content);
    }

    /** Removes the files of a directory, but not the directory. */
    void empty(String directory) throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve(directory))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
    }

    @Override
    public void close() throws IOException {
        List<Path> deepestFirst;
        try (Stream<Path> all = Files.walk(folder)) {
            deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
        }
        for (Path path : deepestFirst) {
            Files.delete(path);
        }
    }
}
