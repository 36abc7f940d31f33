package org.pcircle.cli.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class ScribeTest {

    private final Scribe scribe = new Scribe();

    @Test
    void writesAllInOrderBeforeItFinishes() {
        List<Integer> written = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            int piece = i;
            scribe.write(() -> written.add(piece));
        }

        scribe.finish();

        assertThat(written).isEqualTo(IntStream.range(0, 1000).boxed().toList());
    }

    @Test
    void keepsNobodyWaitingForASlowPiece() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        scribe.write(() -> {
            try {
                held.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        scribe.write(() -> {});

        assertThat(scribe.isIdle()).isFalse();
        held.countDown();
        scribe.finish();
        assertThat(held.getCount()).isZero();
    }

    @Test
    void hasNothingToFinishIfNothingWasWritten() {
        assertThat(scribe.isIdle()).isTrue();
        scribe.finish();
    }

    @Test
    void doesNotKeepAFailureToItself() {
        scribe.write(() -> {
            throw new IllegalArgumentException("broken");
        });
        List<String> written = new ArrayList<>();
        scribe.write(() -> written.add("next"));

        assertThatThrownBy(scribe::finish).hasRootCauseMessage("broken");
        assertThat(written).containsExactly("next");
    }
}
