package org.pcircle.plan;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.fs.TemporaryName;

/** A run is known again from what it calls its files, and nothing else is taken for a run's. */
class RunNamesTest {

    @Property
    void theRunOfAGrowingFileIsKnownFromItsName(@ForAll("ids") String id, @ForAll byte[] finalName) {
        byte[] name = TemporaryName.of(RunNames.partialPrefix(id), finalName);

        assertThat(RunNames.runOfPartial(name)).isEqualTo(id);
        assertThat(RunNames.runOfPartial((new String(name, US_ASCII) + TemporaryName.AGAIN).getBytes(US_ASCII)))
                .isEqualTo(id);
        assertThat(RunNames.runOfPartial((new String(name, US_ASCII) + "++").getBytes(US_ASCII)))
                .isNull();
    }

    @Property
    void aDirectoryThatOnlyOneRunHasIsKnownFromItsName(@ForAll("ids") String id) {
        assertThat(RunNames.runOfUnusualState(RunNames.unusualState(id).getBytes(US_ASCII)))
                .isEqualTo(id);
    }

    @Property
    void whateverANameIsItIsAnswered(@ForAll byte[] name) {
        String id = RunNames.runOfPartial(name);

        assertThat(id == null || RunNames.isId(id)).isTrue();
        assertThat(id == null || RunNames.mayBeOwn(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                ".fcp",
                ".fcp.",
                ".fcp..0123456789abcdef",
                ".fcp.0123456789abcdef",
                ".fcp.r.0123456789abcde",
                ".fcp.r.00123456789abcdef",
                ".fcp.r.0123456789abcdeF",
                ".fcp.r.0123456789abcdef-",
                ".fcp.r0123456789abcdef",
                ".fcp.-r.0123456789abcdef",
                ".fcp.r/.0123456789abcdef",
                ".fcq.r.0123456789abcdef",
                "fcp.r.0123456789abcdef",
                "+"
            })
    void whatIsCalledAlmostSoIsNoGrowingFile(String name) {
        assertThat(RunNames.runOfPartial(name.getBytes(US_ASCII))).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", ".r", "-r", "r/s", "r s", "\u00e9", "..", "r\n"})
    void noRunIsCalledSo(String id) {
        assertThat(RunNames.isId(id)).isFalse();
        assertThat(RunNames.isId("r".repeat(64))).isTrue();
        assertThat(RunNames.isId("r".repeat(65))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "lock",
                "room",
                "checkpoint.0",
                "checkpoint.12.new",
                "snapshot.3.14",
                "links.0.1",
                "links-sorted.2.0"
            })
    void aRunCallsItsFilesSo(String name) {
        assertThat(RunNames.isOwnFile(name)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "thesis", "lock.0", "checkpoint.", "links.0", "Links.0.1", "lock\n"})
    void noRunCallsItsFilesSo(String name) {
        assertThat(RunNames.isOwnFile(name)).isFalse();
    }

    @Provide
    Arbitrary<String> ids() {
        return Arbitraries.strings()
                .withCharRange('a', 'z')
                .withCharRange('A', 'Z')
                .withCharRange('0', '9')
                .withChars('.', '-', '_')
                .ofMinLength(1)
                .ofMaxLength(64)
                .filter(RunNames::isId);
    }
}
