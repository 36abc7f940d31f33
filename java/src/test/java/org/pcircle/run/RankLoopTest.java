package org.pcircle.run;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.pcircle.circle.Rank;
import org.pcircle.circle.RankOptions;
import org.pcircle.circle.StealCounts;
import org.pcircle.circle.Tree;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.fs.IoMethod;
import org.pcircle.fs.Layout;
import org.pcircle.fs.PreservedAttribute;
import org.pcircle.fs.Sparse;
import org.pcircle.plan.CopyPlan;
import org.pcircle.plan.DeletePolicy;
import org.pcircle.plan.Destination;
import org.pcircle.plan.ExistingTargets;
import org.pcircle.plan.IntegrityOptions;
import org.pcircle.plan.PathRules;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Preserve;
import org.pcircle.plan.RunOptions;
import org.pcircle.plan.Selection;
import org.pcircle.plan.UsageException;
import org.pcircle.plan.WalkExtent;
import org.pcircle.report.Counter;
import org.pcircle.report.Fault;
import org.pcircle.report.RankShare;
import org.pcircle.transport.InProcess;
import org.pcircle.transport.Transport;
import org.pcircle.work.RankContext;
import org.pcircle.work.Roots;
import org.pcircle.work.checkpoint.SnapshotStore;
import org.pcircle.workload.CopyWorkload;
import org.pcircle.workload.WorkloadContext;

/** Whole runs of several ranks in one process: real loops, workers, natives and files, no MPI. */
class RankLoopTest {

    private static final long CHUNK_BYTES = 64 * 1024;
    private static final Random RANDOM = new Random(1);

    @TempDir
    private Path folder;

    private final List<Fault> faults = new ArrayList<>();
    private final List<RankShare> shares = new ArrayList<>();
    private long[] totals = {};

    @ParameterizedTest
    @CsvSource({"1, 1", "1, 4", "2, 1", "3, 2", "9, 1"})
    void ranksCopyATreeTogether(int ranks, int workers) throws Exception {
        makeTree(folder.resolve("source"));
        assertThat(run(ranks, workers)).isZero();
        assertThat(faults).isEmpty();
        assertSame(folder.resolve("source"), folder.resolve("target"));
        assertThat(Counter.FILES.in(totals)).isEqualTo(count(Files::isRegularFile));
        assertThat(Counter.DIRECTORIES.in(totals)).isEqualTo(count(path -> Files.isDirectory(path)));
        assertThat(Counter.SCANNED.in(totals)).isEqualTo(Counter.entries(totals));
    }

    @Test
    void everyRankReportsItsShare() throws Exception {
        makeTree(folder.resolve("source"));
        run(3, 1);
        assertThat(shares).extracting(RankShare::rank).containsExactlyInAnyOrder(0, 1, 2);
        long bytes = shares.stream()
                .mapToLong(share -> Counter.BYTES.in(share.counters()))
                .sum();
        assertThat(bytes).isEqualTo(Counter.BYTES.in(totals));
    }

    @Test
    void aRankThatCannotTakePartLetsNobodyBegin() throws Exception {
        makeTree(folder.resolve("source"));
        List<Transport> cluster = InProcess.cluster(3);
        Plan plan = plan();
        List<Integer> codes = together(
                cluster,
                transport ->
                        transport.rank() == 2 ? loop(plan, transport, 1).refuse("no way") : copy(plan, transport, 1));
        assertThat(codes).containsOnly(2);
        assertThat(folder.resolve("target")).doesNotExist();
    }

    private int run(int ranks, int workers) throws Exception {
        Plan plan = plan();
        List<Integer> codes = together(InProcess.cluster(ranks), transport -> copy(plan, transport, workers));
        assertThat(codes).allMatch(code -> code.equals(codes.get(0)));
        return codes.get(0);
    }

    private int copy(Plan plan, Transport transport, int workers) throws Roots.UnreachableException {
        try (RankContext rankContext = RankContext.open(plan, new Tree(transport.rank(), transport.size()), null)) {
            return loop(plan, transport, workers).run(workers, rankContext::newWorker);
        }
    }

    private RankLoop loop(Plan plan, Transport transport, int workers) {
        Tree tree = new Tree(transport.rank(), transport.size());
        StealCounts stealing = new StealCounts();
        CopyWorkload workload = new CopyWorkload(
                plan,
                new WorkloadContext(
                        tree, transport.ranksOfHost(), "here", stealing, faults::add, shares::add, SnapshotStore.NONE),
                null,
                lines -> {});
        Rank rank = new Rank(
                new RankOptions(
                        tree,
                        transport.ranksOfHost(),
                        workers,
                        10_000_000,
                        plan.options().seed()),
                workload,
                stealing);
        return new RankLoop(transport, rank, workload, (seen, nowNs) -> {}, ended -> {
            totals = ended.totals();
            return ended.stopped() == null ? 0 : ended.stopped().code();
        });
    }

    private Plan plan() throws UsageException {
        return new Plan(
                "test",
                ".fcp",
                PathRules.roots(
                        List.of(bytes("source")),
                        Destination.of(bytes("target")),
                        ExistingPolicy.REFUSE,
                        DeletePolicy.NOTHING,
                        WalkExtent.ALL),
                Selection.ALL,
                new CopyPlan(
                        IoMethod.AUTO,
                        Sparse.AUTO,
                        new Preserve(
                                EnumSet.of(PreservedAttribute.MODE, PreservedAttribute.TIMESTAMPS),
                                Set.of(),
                                Layout.INHERIT,
                                0),
                        ExistingTargets.of(ExistingPolicy.REFUSE),
                        false,
                        CopyPlan.ANY_NUMBER,
                        null,
                        IntegrityOptions.NONE,
                        false),
                RunOptions.of(4).withChunkBytes(CHUNK_BYTES).withReduceIntervalMs(10));
    }

    private byte[] bytes(String name) {
        return folder.resolve(name).toString().getBytes(UTF_8);
    }

    private interface RankBody {
        int run(Transport transport) throws Exception;
    }

    private static List<Integer> together(List<Transport> ranks, RankBody body) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(ranks.size());
        try {
            List<Callable<Integer>> bodies = new ArrayList<>();
            ranks.forEach(transport -> bodies.add(() -> body.run(transport)));
            List<Integer> codes = new ArrayList<>();
            for (Future<Integer> code : threads.invokeAll(bodies)) {
                codes.add(code.get());
            }
            return codes;
        } finally {
            threads.shutdownNow();
        }
    }

    private static void makeTree(Path top) throws IOException {
        Files.createDirectories(top.resolve("empty"));
        Files.createDirectories(top.resolve("deep/er/and/deep/er"));
        for (int i = 0; i < 300; i++) {
            write(top.resolve("deep/file" + i), RANDOM.nextInt(3000));
        }
        write(top.resolve("deep/er/and/deep/er/large"), 20 * (int) CHUNK_BYTES + 17);
        write(top.resolve("chunk"), (int) CHUNK_BYTES);
        write(top.resolve("chunk and a byte"), (int) CHUNK_BYTES + 1);
        Files.createSymbolicLink(top.resolve("link"), Path.of("deep/er"));
        try (Stream<Path> all = Files.walk(top)) {
            for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
                if (!Files.isSymbolicLink(path)) {
                    Files.setLastModifiedTime(
                            path, FileTime.from(Instant.ofEpochSecond(RANDOM.nextInt(), 123_456_789)));
                }
            }
        }
    }

    private static void write(Path file, int bytes) throws IOException {
        byte[] content = new byte[bytes];
        RANDOM.nextBytes(content);
        Files.write(file, content);
    }

    private static void assertSame(Path source, Path target) throws IOException {
        assertThat(names(target)).isEqualTo(names(source));
        for (String name : names(source)) {
            Path from = source.resolve(name);
            Path to = target.resolve(name);
            if (Files.isSymbolicLink(from)) {
                assertThat(Files.readSymbolicLink(to)).isEqualTo(Files.readSymbolicLink(from));
                continue;
            }
            assertThat(Files.getLastModifiedTime(to)).as(name).isEqualTo(Files.getLastModifiedTime(from));
            assertThat(Files.getPosixFilePermissions(to)).as(name).isEqualTo(Files.getPosixFilePermissions(from));
            if (Files.isRegularFile(from)) {
                assertThat(Files.mismatch(from, to)).as(name).isEqualTo(-1);
            }
        }
    }

    private static List<String> names(Path top) throws IOException {
        try (Stream<Path> all = Files.walk(top)) {
            return all.map(path -> top.relativize(path).toString()).sorted().toList();
        }
    }

    private long count(Predicate<Path> kind) throws IOException {
        try (Stream<Path> all = Files.walk(folder.resolve("source"))) {
            return all.filter(path -> !Files.isSymbolicLink(path)).filter(kind).count();
        }
    }
}
