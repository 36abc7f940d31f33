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
class AsyncOutputTest {

    private final AsyncOutput output = new AsyncOutput();

    @Test
    void writesAllInOrderBeforeItFinishes() {
        List<Integer> written = new ArrayList<>();
        for (int i = 0; i < 1000; i++) {
            int piece = i;
            output.write(() -> written.add(piece));
        }

        output.finish();

        assertThat(written).isEqualTo(IntStream.range(0, 1000).boxed().toList());
    }

    @Test
    void keepsNobodyWaitingForASlowPiece() throws InterruptedException {
        CountDownLatch held = new CountDownLatch(1);
        output.write(() -> {
            try {
                held.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        output.write(() -> {});

        assertThat(output.isIdle()).isFalse();
        held.countDown();
        output.finish();
        assertThat(held.getCount()).isZero();
    }

    @Test
    void whatIsWrittenDownDoesNotWaitForWhatComesBehindIt() throws InterruptedException {
        CountDownLatch down = new CountDownLatch(1);
        CountDownLatch held = new CountDownLatch(1);
        output.writeDown(() -> {});
        output.write(() -> {
            down.countDown();
            try {
                held.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });

        assertThat(down.await(30, TimeUnit.SECONDS)).isTrue();
        assertThat(output.isWrittenDown()).isTrue();
        assertThat(output.isIdle()).isFalse();
        output.writeDown(() -> {});
        assertThat(output.isWrittenDown()).isFalse();
        held.countDown();
        output.finish();
        assertThat(output.isWrittenDown()).isTrue();
    }

    @Test
    void isBehindWhenManyPiecesWait() {
        CountDownLatch held = new CountDownLatch(1);
        output.write(() -> {
            try {
                held.await(30, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        });
        assertThat(output.isBehind()).isFalse();
        for (int i = 0; i < 64; i++) {
            output.write(() -> {});
        }
        assertThat(output.isBehind()).isTrue();
        held.countDown();
        output.finish();
        assertThat(output.isBehind()).isFalse();
    }

    @Test
    void hasNothingToFinishIfNothingWasWritten() {
        assertThat(output.isIdle()).isTrue();
        output.finish();
    }

    @Test
    void doesNotKeepAFailureToItself() {
        output.write(() -> {
            throw new IllegalArgumentException("broken");
        });
        List<String> written = new ArrayList<>();
        output.write(() -> written.add("next"));

        assertThatThrownBy(output::finish).hasRootCauseMessage("broken");
        assertThat(written).containsExactly("next");
    }
}
