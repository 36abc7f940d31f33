package org.pcircle.transport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class InProcessTest extends TransportContract {

    @Override
    void atEachRank(int count, Promise promise) throws Exception {
        List<Transport> ranks = InProcess.cluster(count);
        ExecutorService threads = Executors.newFixedThreadPool(ranks.size());
        try {
            List<Callable<Boolean>> all = ranks.stream()
                    .<Callable<Boolean>>map(rank -> () -> {
                        promise.verify(rank);
                        return true;
                    })
                    .toList();
            for (Future<Boolean> done : threads.invokeAll(all)) {
                assertThat(done.get()).isTrue();
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void aRankAloneHearsNothing() {
        try (Transport alone = InProcess.alone()) {
            assertThat(alone.size()).isOne();
            assertThat(alone.poll((from, message) -> {}, 1)).isZero();
        }
    }
}
