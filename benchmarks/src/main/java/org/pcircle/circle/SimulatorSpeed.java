package org.pcircle.circle;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** How fast a cluster is simulated, in runs and in events per second. */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
public class SimulatorSpeed {

    @Param({"16", "256"})
    private int ranks;

    private long seed;

    /** Events, counted beside the runs. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.OPERATIONS)
    public static class Counted {
        /** Events simulated. */
        public long events;
    }

    @Benchmark
    public long run(Counted counted) {
        VirtualCluster.Figures figures = new VirtualCluster(ClusterOptions.large(++seed, ranks, 50, 0)).run();
        counted.events += figures.events;
        return figures.messages;
    }
}
