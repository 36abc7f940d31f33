package org.pcircle.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LingeringTest {

    @TempDir
    Path top;

    @ParameterizedTest
    @ValueSource(
            strings = {".nfs00000000012a34bc00000001", ".nfs000000000000ABCD0000001f", ".fuse_hidden0000000300000001"})
    void whatFileSystemsMakeUpIsKnown(String name) {
        assertThat(Lingering.isName(name.getBytes(UTF_8))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                ".nfs",
                ".nfsrc",
                ".nfs-0000000000000001",
                "nfs0000000000000001",
                ".fuse_hidden",
                ".nfs00000001.bak",
                "."
            })
    void whatPeopleMakeUpIsNot(String name) {
        assertThat(Lingering.isName(name.getBytes(UTF_8))).isFalse();
    }

    @Test
    void aDirectoryOfNothingElseIsSpent() throws Exception {
        Files.createDirectory(top.resolve("run"));
        assertThat(isSpent("run")).isTrue();
        Files.createFile(top.resolve("run/.nfs00000000012a34bc00000001"));
        assertThat(isSpent("run")).isTrue();
        Files.createFile(top.resolve("run/checkpoint.1"));
        assertThat(isSpent("run")).isFalse();
    }

    private boolean isSpent(String name) throws FileException {
        try (Directory holder = Directory.open(top.toString().getBytes(UTF_8));
                StateDirectory run = StateDirectory.open(holder, List.of(name))) {
            return run.isSpent();
        }
    }
}
