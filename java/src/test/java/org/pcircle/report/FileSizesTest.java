package org.pcircle.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileSizesTest {

    @ParameterizedTest
    @CsvSource({
        "0, SIZE_0",
        "1, SIZE_4K",
        "4096, SIZE_4K",
        "4097, SIZE_64K",
        "65536, SIZE_64K",
        "1048576, SIZE_1M",
        "1048577, SIZE_16M",
        "268435456, SIZE_256M",
        "4294967297, SIZE_64G",
        "68719476736, SIZE_64G",
        "68719476737, SIZE_LARGER",
        "9223372036854775807, SIZE_LARGER",
    })
    void everyLengthHasItsPlace(long bytes, Counter counter) {
        assertThat(FileSizes.of(bytes)).isEqualTo(counter);
    }
}
