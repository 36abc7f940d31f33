package org.pcircle.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pcircle.fs.Operation;
import org.pcircle.fs.OutputFile;

class ErrorListTest {

    private static final int UMASK = 027;

    @TempDir
    private Path folder;

    private final List<String> shown = new ArrayList<>();

    @Test
    void everyFaultIsALineOfTheFile() throws IOException {
        try (ErrorList errors = list(2)) {
            errors.accept(fault("a"));
            errors.accept(fault("b\"\n"));
            errors.accept(new Fault(new byte[] {(byte) 0xff}, Operation.COMPARE, 0));
        }
        assertThat(Files.readAllLines(folder.resolve("errors")))
                .containsExactly(
                        "{\"path\":\"a\",\"operation\":\"open\",\"errno\":\"EACCES\",\"message\":\"open: Permission denied\"}",
                        "{\"path\":\"b\\\"\\n\",\"operation\":\"open\",\"errno\":\"EACCES\",\"message\":\"open: Permission denied\"}",
                        "{\"path\":\"\\\\377\",\"pathBase64\":\"/w==\",\"operation\":\"changed\",\"message\":\"changed while it was read\"}");
    }

    @Test
    void theTerminalIsToldOfTheFirstFew() throws IOException {
        try (ErrorList errors = list(2)) {
            for (int i = 0; i < 5; i++) {
                errors.accept(fault("f" + i));
            }
        }
        assertThat(shown).hasSize(3).last().asString().startsWith("more errors follow in");
    }

    @Test
    void aLongListIsWrittenWhole() throws IOException {
        try (ErrorList errors = list(2)) {
            for (int i = 0; i < 10_000; i++) {
                errors.accept(fault("some/file/number/" + i));
            }
        }
        assertThat(Files.readAllLines(folder.resolve("errors"))).hasSize(10_000).doesNotHaveDuplicates();
    }

    @Test
    void withoutFaultsThereIsNoFile() throws IOException {
        try (ErrorList errors = list(2)) {
            assertThat(errors.fileWritten()).isNull();
        }
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theFileHasTheUsersCreationMask() throws IOException {
        try (ErrorList errors = list(2)) {
            errors.accept(fault("a"));
        }
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.resolve("errors"))))
                .isEqualTo("rw-r-----");
    }

    @Test
    void aListThatCannotBeWrittenIsSaidOnce() throws IOException {
        try (ErrorList errors = list("no/errors", 20)) {
            errors.accept(fault("a"));
            errors.accept(fault("b"));
            assertThat(errors.fileWritten()).isNull();
        }
        assertThat(shown).filteredOn(line -> line.contains("cannot be written")).hasSize(1);
    }

    private ErrorList list(int shownMax) {
        return list("errors", shownMax);
    }

    private ErrorList list(String name, int shownMax) {
        byte[] path = (folder + "/" + name).getBytes(UTF_8);
        return new ErrorList(path, () -> OutputFile.create(path, UMASK, false), shownMax, shown::add);
    }

    private static Fault fault(String path) {
        return new Fault(path.getBytes(UTF_8), Operation.OPEN, 13);
    }
}
