package org.pcircle.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.pcircle.Golden;
import org.pcircle.digest.Algorithm;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.fs.IoMethod;
import org.pcircle.fs.Layout;
import org.pcircle.fs.PreservedAttribute;
import org.pcircle.fs.Sparse;
import org.pcircle.fs.TreePath;
import org.pcircle.wire.MalformedMessageException;

class PlanTest {

    private static final long MIB = 1 << 20;
    private static final RunOptions OPTIONS =
            RunOptions.of(8).withReduceIntervalMs(500).withSeed(42);

    @Test
    void aPlanComesBackAsItWas() throws Exception {
        Plan plan = plan(3 * MIB);
        Plan again = Plan.decode(plan.encode());
        assertThat(again.encode()).isEqualTo(plan.encode());
        assertThat(again.id()).isEqualTo("id-\u00e9");
        assertThat(again.copy().preserve().kept())
                .containsExactlyInAnyOrder(PreservedAttribute.MODE, PreservedAttribute.OWNERSHIP);
        assertThat(again.copy().preserve().required()).containsExactly(PreservedAttribute.OWNERSHIP);
        assertThat(again.copy().preserve().creationMask()).isEqualTo(027);
        assertThat(again.copy().existing())
                .isEqualTo(new ExistingTargets(ExistingPolicy.UPDATE_DIFFERING, Instant.ofEpochSecond(1L << 33, 7)));
        assertThat(again.task().integrity()).isEqualTo(new IntegrityOptions(Algorithm.SHA256, true));
        assertThat(again.roots()).hasSize(1);
        assertThat(again.roots().get(0).left()).isEqualTo(new LeftRuns(List.of("r", "s.1"), true));
        assertThat(again.roots().get(0).mounts()).isEqualTo(plan.roots().get(0).mounts());
    }

    @Test
    void aPlanOfASumComesBackAsItWas() throws Exception {
        Plan sum = sum();

        Plan again = Plan.decode(sum.encode());

        assertThat(again.encode()).isEqualTo(sum.encode());
        assertThat(again.task()).isEqualTo(new SumPlan(Algorithm.SHA256, true, ManifestDetail.LEAVES));
        assertThat(again.task().keepsHardLinks())
                .as("hard links are files of their own")
                .isFalse();
    }

    @Test
    void aResumedRunMayReplaceWhatAnEarlierAttemptCreated() {
        CopyPlan refusing = copyOf(ExistingPolicy.REFUSE);
        assertThat(refusing.existing(false)).isEqualTo(ExistingPolicy.REFUSE);
        assertThat(refusing.existing(true)).isEqualTo(ExistingPolicy.REPLACE);
        assertThat(copyOf(ExistingPolicy.UPDATE_OLDER).existing(true)).isEqualTo(ExistingPolicy.UPDATE_OLDER);
        assertThat(copyOf(ExistingPolicy.KEEP).existing(true)).isEqualTo(ExistingPolicy.KEEP);
    }

    @Test
    void onlyACopyTellsWhatIsCopied() throws Exception {
        assertThat(plan(0).copy().method()).isEqualTo(IoMethod.BUFFERED);
        assertThatThrownBy(() -> sum().copy()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> discard().copy()).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> plan(0).discard()).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void aPlanOfADiscardComesBackAsItWas() throws Exception {
        Plan discard = discard();

        Plan again = Plan.decode(discard.encode());

        assertThat(again.encode()).isEqualTo(discard.encode());
        assertThat(again.task()).isEqualTo(new DiscardPlan(true, true));
        assertThat(again.temporaryPrefix()).isEqualTo(".fcp.r.");
        assertThat(again.options().checkpoints().areTaken()).isFalse();
    }

    @Test
    void plansHaveTheBytesTheyAlwaysHad() throws Exception {
        Plan plan = plan(3 * MIB);
        CheckpointOptions.Resumption resumption = new CheckpointOptions.Resumption(1, 2, 3, 4, 1L << 40, 6);
        Plan resumed = plan.with(
                plan.roots(), plan.options().resumed(new byte[] {'c'}, resumption, 16, 250, ChangeFormat.VERBS));
        List<ByteBuffer> encoded = Stream.of(plan, discard(), resumed, sum())
                .map(each -> ByteBuffer.wrap(each.encode()))
                .toList();
        Golden.assertUnchanged("plans", encoded);
    }

    @Test
    void aPlanCutShortIsRefused() throws Exception {
        byte[] encoded = plan(0).encode();
        for (int length = 0; length < encoded.length; length++) {
            byte[] cut = Arrays.copyOf(encoded, length);
            assertThatThrownBy(() -> Plan.decode(cut)).isInstanceOf(MalformedMessageException.class);
        }
    }

    @Property
    void aDamagedPlanIsReadOrRefusedAndNothingElse(
            @ForAll @Size(min = 1, max = 4) List<@IntRange(max = 10_000) Integer> positions, @ForAll byte damage)
            throws Exception {
        byte[] encoded = plan(0).encode();
        for (int position : positions) {
            encoded[position % encoded.length] ^= damage;
        }
        try {
            assertThat(Plan.decode(encoded).roots()).isNotNull();
        } catch (MalformedMessageException e) {
            assertThat(e).hasMessageMatching("(?s).+");
        }
    }

    @Test
    void theChunkSizeAskedForIsUsed() throws Exception {
        assertThat(plan(3 * MIB).chunkBytes(1L << 40)).isEqualTo(3 * MIB);
    }

    @Property
    void theChunkSizeIsBoundedAndWholeMebibytes(@ForAll @LongRange(max = Long.MAX_VALUE) long fileBytes)
            throws Exception {
        long chunkBytes = plan(0).chunkBytes(fileBytes);
        assertThat(chunkBytes).isBetween(16 * MIB, 256 * MIB);
        assertThat(chunkBytes % MIB).isZero();
    }

    private static CopyPlan copyOf(ExistingPolicy existing) {
        Preserve nothing = new Preserve(Set.of(), Set.of(), Layout.INHERIT, 0);
        return new CopyPlan(
                IoMethod.AUTO,
                Sparse.AUTO,
                nothing,
                ExistingTargets.of(existing),
                false,
                CopyPlan.ANY_NUMBER,
                null,
                IntegrityOptions.NONE,
                false);
    }

    private static Plan sum() throws UsageException {
        return new Plan(
                "id",
                RunNames.unusualState("id"),
                plan(0).roots(),
                new Selection(Filter.NONE, true),
                new SumPlan(Algorithm.SHA256, true, ManifestDetail.LEAVES),
                OPTIONS.withChunkBytes(3 * MIB));
    }

    private static Plan discard() throws UsageException {
        return new Plan(
                "r",
                ".fcp",
                plan(0).roots(),
                Selection.ALL,
                new DiscardPlan(true, true),
                OPTIONS.withCheckpoints(new CheckpointOptions(0, new byte[] {'d'}, null)));
    }

    private static Plan plan(long chunkBytes) throws UsageException {
        byte[] name = {'n', (byte) 0xff};
        Root root = new Root(
                new Place(new byte[] {'.'}, name),
                new Place(new byte[] {'/'}, name),
                new byte[88],
                new LeftRuns(List.of("r", "s.1"), true),
                List.of(new Mounted(new TreePath(new byte[] {'m', (byte) 0xfe}), 1L << 60)));
        Filter filter = new Filter.Builder()
                .add(true, new byte[] {'a', (byte) 0xff})
                .add(false, new byte[] {'*'})
                .build();
        CopyPlan copy = new CopyPlan(
                IoMethod.BUFFERED,
                Sparse.NEVER,
                new Preserve(
                        EnumSet.of(PreservedAttribute.MODE, PreservedAttribute.OWNERSHIP),
                        EnumSet.of(PreservedAttribute.OWNERSHIP),
                        Layout.AUTO,
                        027),
                new ExistingTargets(ExistingPolicy.UPDATE_DIFFERING, Instant.ofEpochSecond(1L << 33, 7)),
                true,
                1L << 40,
                Algorithm.SHA256,
                new IntegrityOptions(Algorithm.SHA256, true),
                false);
        CheckpointOptions.Resumption resumption = new CheckpointOptions.Resumption(2, 1, 7, 3, 1L << 40, 5);
        CheckpointOptions checkpoints = new CheckpointOptions(60_000, new byte[] {1}, resumption);
        return new Plan(
                "id-\u00e9",
                ".fcp.\u00e9",
                List.of(root),
                new Selection(filter, true),
                copy,
                OPTIONS.withCheckpoints(checkpoints).withChunkBytes(chunkBytes));
    }
}
