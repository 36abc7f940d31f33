package org.pcircle.fs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** What both sides of JNI must say alike, held against the C headers. */
class NativeContractTest {

    private static final Path HEADERS = Path.of("..", "native", "src", "main", "c");

    @Test
    void operationsStandInTheOrderOfTheCHeader() throws IOException {
        assertThat(constants("operation.h", "pc_operation", "PC_")).isEqualTo(names(Operation.values()));
    }

    @Test
    void methodsStandInTheOrderOfTheCHeader() throws IOException {
        assertThat(constants("context.h", "pc_method", "PC_")).isEqualTo(names(IoMethod.values()));
    }

    @Test
    void treatmentsOfHolesStandInTheOrderOfTheCHeader() throws IOException {
        assertThat(constants("context.h", "pc_sparse", "PC_SPARSE_")).isEqualTo(names(Sparse.values()));
    }

    @Test
    void whatIsKeptStandsInTheOrderOfTheCHeader() throws IOException {
        assertThat(constants("kind.h", "pc_kind", "PC_")).isEqualTo(names(Kept.values()));
    }

    @Test
    void treatmentsOfWhatExistsStandInTheOrderOfTheCHeader() throws IOException {
        assertThat(constants("context.h", "pc_existing", "PC_")).isEqualTo(names(Existing.values()));
    }

    @Test
    void temporaryNamesAreTheSameOnBothSides() {
        assertThat(TemporaryName.of(".fcp.x.", new byte[] {'a'})).asString().isEqualTo(".fcp.x.af63dc4c8601ec8c");
        assertThat(TemporaryName.of(".fcp.x.", new byte[] {'f', 'o', 'o', 'b', 'a', 'r'}))
                .asString()
                .isEqualTo(".fcp.x.85944171f73967e8");
    }

    private static List<String> names(Enum<?>[] constants) {
        return Arrays.stream(constants).map(Enum::name).toList();
    }

    private static List<String> constants(String header, String enumName, String prefix) throws IOException {
        String code = Files.readString(HEADERS.resolve(header)).replaceAll("(?s)/\\*.*?\\*/", "");
        Matcher body =
                Pattern.compile("(?s)enum\\s+" + enumName + "\\s*\\{(.*?)\\}").matcher(code);
        assertThat(body.find()).isTrue();
        return Arrays.stream(body.group(1).split(","))
                .map(constant -> constant.replaceAll("=.*", "").strip())
                .filter(constant -> !constant.isEmpty())
                .map(constant -> constant.substring(prefix.length()))
                .toList();
    }
}
