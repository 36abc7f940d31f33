package org.pcircle.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.pcircle.digest.Algorithm;
import org.pcircle.digest.DatasetSum;
import org.pcircle.digest.EntryType;
import org.pcircle.digest.FileSum;
import org.pcircle.digest.Hasher;
import org.pcircle.digest.SignedEntry;

/** What a signature costs beside the copying: the data of a leaf, and a small file with all that belongs to it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class Digest {

    private static final byte[] PATH = "directory/of/some/depth/file-4711".getBytes(UTF_8);

    @Param({"XXH64", "SHA256"})
    private Algorithm algorithm;

    @Param({"4096", "65536", "1048576"})
    private int bytes;

    private ByteBuffer data;
    private Hasher hasher;
    private FileSum file;
    private DatasetSum dataset;

    @Setup
    public void fill() {
        byte[] content = new byte[bytes];
        new Random(bytes).nextBytes(content);
        data = ByteBuffer.allocateDirect(bytes).put(content);
        hasher = algorithm.newHasher();
        file = new FileSum(algorithm);
        dataset = new DatasetSum(algorithm);
    }

    /** Adds a leaf of so many bytes to the sum of its file. */
    @Benchmark
    public FileSum leaf() {
        file.addLeaf(17, data, 0, bytes, hasher);
        return file;
    }

    /** Digests a file of so many bytes, and adds it to the sum of its tree. */
    @Benchmark
    public DatasetSum file() {
        byte[] content = FileSum.digest(data, 0, bytes, hasher);
        dataset.add(new SignedEntry(EntryType.REGULAR, PATH, content, bytes, null), hasher);
        return dataset;
    }
}
