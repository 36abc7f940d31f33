package org.pcircle.digest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.ByteBuffer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.pcircle.fs.Processor;

/** The C library is used where the processor runs it; digests do not depend on that. */
class Xxh64LibraryTest {

    @ParameterizedTest
    @CsvSource({
        ", true, NATIVE",
        "native, true, NATIVE",
        "java, true, JAVA",
        "Java, true, JAVA",
        ", false, JAVA",
        "java, false, JAVA",
        "native, false, JAVA",
    })
    void theLibraryIsChosenByTheProcessorUnlessTheUserWantsJava(String wanted, boolean runs, Xxh64Library chosen) {
        assertThat(Xxh64Library.chosen(wanted, runs)).isEqualTo(chosen);
    }

    @Property
    void bothGiveTheSameDigests(@ForAll @Size(max = 5000) byte[] data, @ForAll @IntRange(max = 40) int from) {
        assumeTrue(Processor.runsX86V3(), "the C library needs AVX2 and BMI2");
        Hasher inC = new Xxh64(Xxh64Library.NATIVE);
        Hasher inJava = new Xxh64(Xxh64Library.JAVA);
        ByteBuffer direct = ByteBuffer.allocateDirect(from + data.length).put(from, data);
        ByteBuffer heap = ByteBuffer.allocate(from + data.length).put(from, data);

        assertThat(inJava.leaf(direct, from, data.length)).isEqualTo(inC.leaf(direct, from, data.length));
        assertThat(inJava.leaf(heap, from, data.length)).isEqualTo(inC.leaf(direct, from, data.length));
        assertThat(inJava.record(data)).isEqualTo(inC.record(data));
    }

    @ParameterizedTest
    @EnumSource
    void whatIsKnownOfALeafComesOut(Algorithm algorithm) {
        assertThat(algorithm.works()).isTrue();
    }
}
