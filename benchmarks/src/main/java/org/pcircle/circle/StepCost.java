package org.pcircle.circle;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a turn costs a rank of 4096 that works on items which spawn one each, beside the items themselves. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class StepCost {

    private static final int RANKS = 4096;

    private final Outbox nowhere = (to, message) -> {};
    private final Effects next = Effects.of(new SimulatedWork.Span(0, 2, false));
    private Rank rank;

    @Setup
    public void fill() {
        ClusterOptions options = ClusterOptions.large(1, 1, 1, 0);
        RankOptions place = new RankOptions(new Tree(1, RANKS), new int[] {1}, 1, Long.MAX_VALUE / 2, 1);
        rank = new Rank(place, new SimulatedWork(options).at(1), new StealCounts());
        rank.begin(0, nowhere);
        rank.on(0, new Message.Grant(next.items(), false), nowhere);
    }

    /** Take, fold, step. */
    @Benchmark
    public int turn() {
        rank.fold(rank.take(), next, nowhere);
        rank.step(0, nowhere);
        return rank.inFlight();
    }

    /** A step with nothing to do. */
    @Benchmark
    public int step() {
        rank.step(0, nowhere);
        return rank.inFlight();
    }
}
