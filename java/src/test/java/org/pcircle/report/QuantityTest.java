package org.pcircle.report;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class QuantityTest {

    @Test
    void bytesHaveThreeDigitsOrSo() {
        assertThat(Quantity.bytes(0)).isEqualTo("0 B");
        assertThat(Quantity.bytes(1023)).isEqualTo("1023 B");
        assertThat(Quantity.bytes(1536)).isEqualTo("1.50 KiB");
        assertThat(Quantity.bytes(15.0 * (1 << 20))).isEqualTo("15.0 MiB");
        assertThat(Quantity.bytes(150.0 * (1L << 50))).isEqualTo("150 PiB");
    }

    @Test
    void countsAreGroupedByThousands() {
        assertThat(Quantity.count(0)).isEqualTo("0");
        assertThat(Quantity.count(999)).isEqualTo("999");
        assertThat(Quantity.count(1_234_567)).isEqualTo("1 234 567");
    }

    @Test
    void secondsBecomeMinutesAndHours() {
        assertThat(Quantity.seconds(0.5)).isEqualTo("0.50 s");
        assertThat(Quantity.seconds(245)).isEqualTo("4:05 min");
        assertThat(Quantity.seconds(7509)).isEqualTo("2:05:09 h");
    }

    @Test
    void aClockHasMinutesAndSeconds() {
        assertThat(Quantity.clock(7.9)).isEqualTo("0:07");
        assertThat(Quantity.clock(245)).isEqualTo("4:05");
        assertThat(Quantity.clock(7509)).isEqualTo("2:05:09");
    }

    @Test
    void briefCountsHaveThreeDigits() {
        assertThat(Quantity.brief(0)).isEqualTo("0");
        assertThat(Quantity.brief(999)).isEqualTo("999");
        assertThat(Quantity.brief(1000)).isEqualTo("1.00k");
        assertThat(Quantity.brief(12_345)).isEqualTo("12.3k");
        assertThat(Quantity.brief(99_999)).isEqualTo("100k");
        assertThat(Quantity.brief(999_999)).isEqualTo("1.00M");
        assertThat(Quantity.brief(1_234_567_890)).isEqualTo("1.23G");
    }
}
