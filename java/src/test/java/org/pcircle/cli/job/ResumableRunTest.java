package org.pcircle.cli.job;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pcircle.digest.Algorithm;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.fs.IoMethod;
import org.pcircle.fs.Layout;
import org.pcircle.fs.PreservedAttribute;
import org.pcircle.fs.Sparse;
import org.pcircle.journal.Checkpoint;
import org.pcircle.journal.Damage;
import org.pcircle.plan.ChangeFormat;
import org.pcircle.plan.CheckpointOptions;
import org.pcircle.plan.CopyPlan;
import org.pcircle.plan.ExistingTargets;
import org.pcircle.plan.IntegrityOptions;
import org.pcircle.plan.Place;
import org.pcircle.plan.Plan;
import org.pcircle.plan.Preserve;
import org.pcircle.plan.Root;
import org.pcircle.plan.RunOptions;
import org.pcircle.plan.Selection;
import org.pcircle.plan.UsageException;

/** What the user has resumed by its path: the run that it was, or a refusal in so many words. */
class ResumableRunTest {

    private static final int VARIANTS = 10_000;

    @TempDir
    private Path folder;

    private Path record;

    @BeforeEach
    void begin() throws IOException {
        record = Files.createDirectory(folder.resolve("run")).resolve("checkpoint.3");
    }

    @Test
    void whateverIsLeftOfARecordIsTheRunThatItWasOrRefused() throws IOException {
        byte[] original = bytes(checkpoint(plan().encode()).encode());
        Damage damage = new Damage(original, 7);
        int refused = 0;
        for (int i = 0; i < VARIANTS; i++) {
            Files.write(record, damage.next());
            String why = refusal();
            if (why == null) {
                assertThat(Files.readAllBytes(record)).as("variant %d", i).isEqualTo(original);
            } else {
                assertThat(why).startsWith("--resume=").contains("the checkpoint is damaged, or of another version");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(VARIANTS / 2);
    }

    /** As that of another version might be. */
    @Test
    void aPlanThatMakesNoSenseInARecordThatIsWholeIsRefused() throws IOException {
        byte[] original = plan().encode();
        Damage damage = new Damage(original, 8);
        int refused = 0;
        for (int i = 0; i < VARIANTS; i++) {
            Files.write(record, bytes(checkpoint(damage.next()).encode()));
            refused += refusal() == null ? 0 : 1;
        }
        assertThat(refused).isPositive();
    }

    @Test
    void aRecordOfAnotherEpochIsRefused() throws IOException {
        Files.write(
                record.resolveSibling("checkpoint.4"),
                bytes(checkpoint(plan().encode()).encode()));

        assertThat(refusal()).contains("it is of another epoch");
    }

    /** Why the run is refused; null if it is not. Anything but a refusal in so many words is a failure of the test. */
    private @Nullable String refusal() throws IOException {
        try {
            byte[] path = record.getParent().toString().getBytes(StandardCharsets.UTF_8);
            ResumableRun run = ResumableRun.find(path, null, null, new ResumableTask(CopyPlan.class, "begin it again"));
            run.plan(List.of(), null, 1, 1000, ChangeFormat.NONE);
            return null;
        } catch (UsageException e) {
            return String.valueOf(e.getMessage());
        } finally {
            Files.deleteIfExists(record.resolveSibling("lock")); // which is held until the process ends
        }
    }

    private static byte[] bytes(ByteBuffer block) {
        byte[] bytes = new byte[block.limit()];
        block.get(0, bytes);
        return bytes;
    }

    private static Checkpoint checkpoint(byte[] plan) {
        return new Checkpoint("run", 1, 3, 2, true, List.of(), 123, 456, new byte[] {'/'}, plan);
    }

    private static Plan plan() {
        return new Plan(
                "run",
                ".fcp",
                List.of(new Root(place("source"), place("target"), new byte[72])),
                Selection.ALL,
                new CopyPlan(
                        IoMethod.AUTO,
                        Sparse.AUTO,
                        new Preserve(EnumSet.allOf(PreservedAttribute.class), Set.of(), Layout.INHERIT, 0),
                        ExistingTargets.of(ExistingPolicy.REPLACE),
                        true,
                        CopyPlan.ANY_NUMBER,
                        Algorithm.XXH64,
                        IntegrityOptions.NONE,
                        false),
                RunOptions.of(2).withCheckpoints(new CheckpointOptions(1000, new byte[0], null)));
    }

    private static Place place(String name) {
        return new Place(new byte[] {'/'}, name.getBytes(StandardCharsets.UTF_8));
    }
}
