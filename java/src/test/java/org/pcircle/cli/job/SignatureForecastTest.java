package org.pcircle.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.pcircle.digest.Algorithm;

class SignatureForecastTest {

    private final SignatureForecast forecast = new SignatureForecast(Algorithm.XXH64, 4, 0);

    @Test
    void whatTakesLongIsSaidWithHowLong() {
        assertThat(forecast.text(Long.MAX_VALUE, 1e-6))
                .isEqualTo("warning: the signature of 8.00 EiB takes about 25 days with 4 workers:"
                        + " it has a digest for each MiB, in holes, too");
        assertThat(forecast.text(3L << 52, 1e-6)).contains("about 54 minutes");
        assertThat(forecast.text(3L << 55, 1e-6)).contains("about 7 hours");
    }

    @Test
    void whatDoesNotIsNotSaid() {
        assertThat(forecast.text(SignatureForecast.BYTES_MIN, 1e-6)).isNull();
        assertThat(forecast.text(SignatureForecast.BYTES_MIN)).isNull();
    }

    @Test
    void itIsJudgedAnewWhenThereIsTwiceAsMuch() {
        long much = SignatureForecast.BYTES_MIN;

        assertThat(forecast.isDue(1)).isFalse();
        assertThat(forecast.isDue(2_000_000_000)).isTrue();
        assertThat(forecast.isWorthJudging(much - 1, 2_000_000_000)).isFalse();
        assertThat(forecast.isDue(2_000_000_001)).isFalse();
        assertThat(forecast.isWorthJudging(much, 0)).isTrue();
        assertThat(forecast.isWorthJudging(2 * much - 1, 0)).isFalse();
        assertThat(forecast.isWorthJudging(2 * much, 0)).isTrue();
        assertThat(forecast.isWorthJudging(Long.MAX_VALUE, 0)).isTrue();
        assertThat(forecast.isWorthJudging(Long.MAX_VALUE, 0)).isFalse();
    }
}
