package org.pcircle.cli.option;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.pcircle.plan.UsageException;

class MeasuresTest {

    @ParameterizedTest
    @CsvSource({
        "0, 0",
        "4096, 4096",
        "64K, 65536",
        "16MiB, 16777216",
        "1.5G, 1610612736",
        "1mb, 1048576",
        "2t, 2199023255552"
    })
    void aSizeIsBinary(String text, long bytes) throws UsageException {
        assertThat(Measures.bytes("o", text)).isEqualTo(bytes);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "K", "-1", "1X", "1 K", "1.5.2", "9999999E"})
    void whatIsNoSizeIsRefused(String text) {
        assertThatThrownBy(() -> Measures.bytes("o", text)).isInstanceOf(UsageException.class);
    }

    @ParameterizedTest
    @CsvSource({"1, 1000", "0.5, 500", "90s, 90000", "10m, 600000", "2h, 7200000"})
    void aTimeIsSecondsOrHasAUnit(String text, int millis) throws UsageException {
        assertThat(Measures.millis("o", text)).isEqualTo(millis);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "s", "-1", "1d", "100000h"})
    void whatIsNoTimeIsRefused(String text) {
        assertThatThrownBy(() -> Measures.millis("o", text)).isInstanceOf(UsageException.class);
    }

    @Test
    void aWholeNumberIsWithinItsBounds() throws UsageException {
        assertThat(Measures.whole("o", "7", 1, 7)).isEqualTo(7);
        assertThatThrownBy(() -> Measures.whole("o", "8", 1, 7)).hasMessageContaining("from 1 to 7");
        assertThatThrownBy(() -> Measures.whole("o", "x", 1, 7)).isInstanceOf(UsageException.class);
    }
}
