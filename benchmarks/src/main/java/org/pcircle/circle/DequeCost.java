package org.pcircle.circle;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;
import org.pcircle.circle.SimulatedWork.Span;

/** What an item costs at the deque: pushed and taken by its owner, or pushed and stolen by halves. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DequeCost {

    private static final int ITEMS = 1024;

    private final WorkDeque deque = new WorkDeque();

    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public void pushAndTake(Blackhole sink) {
        push();
        for (Item item = deque.take(); item != null; item = deque.take()) {
            sink.consume(item);
        }
    }

    @Benchmark
    @OperationsPerInvocation(ITEMS)
    public void pushAndSteal(Blackhole sink) {
        push();
        for (List<Item> half = deque.steal(1 << 20); !half.isEmpty(); half = deque.steal(1 << 20)) {
            sink.consume(half);
        }
    }

    private void push() {
        for (int i = 0; i < ITEMS; i++) {
            deque.push(new Span(i, i + 1, false));
        }
    }
}
