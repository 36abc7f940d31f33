package org.pcircle.it.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.pcircle.it.support.Fcp;
import org.pcircle.it.support.LoopFileSystem;

/** A disk that spoils data once it has been flushed, played by the library rot.so between fcp and the C library. */
final class Rot {

    private Rot() {}

    /** Data spoils on a file system in an image; each time leaves a mark in a folder. */
    static Fcp on(LoopFileSystem disk, Path marks, Fcp fcp) {
        Path library = Path.of(System.getProperty("pcircle.native")).resolveSibling("cmake/rot.so");
        assertThat(library).as("the build of the C tests makes it").isRegularFile();
        return fcp.with("LD_PRELOAD", library.toString())
                .with("PCIRCLE_ROT_IMAGE", disk.path() + ".image")
                .with("PCIRCLE_ROT_MARKS", marks.toString());
    }

    /** What data begins with, at the start of a file or of one of its mebibytes, that spoils so often. */
    static byte[] order(int times, String label) {
        return ("rot:" + times + ":" + label + "\n").getBytes(StandardCharsets.US_ASCII);
    }

    /** What has been spoilt, as LABEL.N for the Nth time. */
    static List<String> marks(Path marks) throws IOException {
        try (Stream<Path> files = Files.list(marks)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }
}
