package org.pcircle.fs;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MountTableTest {

    private static final MountTable TABLE = MountTable.parse("""
            21 1 8:1 / / rw,relatime shared:1 - ext4 /dev/sda1 rw
            22 21 8:1 /data/x /mnt/x rw - ext4 /dev/sda1 rw
            23 21 8:2 / /data/disk rw - xfs /dev/sdb rw
            24 21 8:1 /data/with\\040space /mnt/odd\\134\\012 rw - ext4 /dev/sda1 rw
            25 21 8:2 /inner /elsewhere rw - xfs /dev/sdb rw
            nonsense
            26
            """.getBytes(UTF_8));

    @Test
    void aDirectoryIsWhereEachMountOfItsFileSystemShowsIt() {
        assertThat(paths("/data/x/a/b", 21)).containsExactly("/data/x/a/b", "/mnt/x/a/b");
        assertThat(paths("/mnt/x", 22)).containsExactly("/data/x", "/mnt/x");
        assertThat(paths("/data/disk/inner/a", 23)).containsExactly("/data/disk/inner/a", "/elsewhere/a");
        assertThat(paths("/elsewhere", 25)).containsExactly("/data/disk/inner", "/elsewhere");
    }

    @Test
    void aDirectoryThatNoOtherMountShowsIsAtItsOwnPath() {
        assertThat(paths("/data/xy", 21)).containsExactly("/data/xy");
        assertThat(paths("/", 21)).containsExactly("/");
        assertThat(paths("/data/disk", 23)).containsExactly("/data/disk");
    }

    @Test
    void namesAreUnescaped() {
        assertThat(paths("/data/with space/a", 21)).containsExactly("/data/with space/a", "/mnt/odd\\\n/a");
    }

    /** As when it came after the table was read. */
    @Test
    void anUnknownMountTellsNothingMore() {
        assertThat(paths("/data/x/a", 99)).containsExactly("/data/x/a");
    }

    @Test
    void aPathIsSeenFromADirectoryAboveIt() {
        assertThat(MountTable.below(bytes("/a/b"), bytes("/"))).hasToString("a/b");
        assertThat(MountTable.below(bytes("/a/b"), bytes("/a"))).hasToString("b");
        assertThat(MountTable.below(bytes("/a/b"), bytes("/a/b"))).isEqualTo(TreePath.TOP);
        assertThat(MountTable.below(bytes("/"), bytes("/"))).isEqualTo(TreePath.TOP);
        assertThat(MountTable.below(bytes("/ab"), bytes("/a"))).isNull();
        assertThat(MountTable.below(bytes("/a"), bytes("/a/b"))).isNull();
    }

    @Test
    void whatIsMountedBelowADirectoryIsFoundOnce() {
        assertThat(TABLE.pointsBelow(bytes("/mnt")))
                .extracting(TreePath::toString)
                .containsExactly("x", "odd\\\\\\012");
        assertThat(TABLE.pointsBelow(bytes("/mnt/x"))).isEmpty();
    }

    @Test
    void whatIsUnmountedOnTheWayIsMissed() {
        MountTable now = MountTable.parse("21 1 8:1 / / rw - ext4 /dev/sda1 rw\n".getBytes(UTF_8));
        assertThat(now.stillHas(TABLE, bytes("/data/disk/a"))).isFalse();
        assertThat(now.stillHas(TABLE, bytes("/data/disk"))).isFalse();
        assertThat(now.stillHas(TABLE, bytes("/data"))).isTrue();
        assertThat(now.stillHas(TABLE)).isFalse();
    }

    @Test
    void whatIsMountedMeanwhileHidesNothingThatWasMounted() {
        MountTable before = MountTable.parse("21 1 8:1 / / rw - ext4 /dev/sda1 rw\n".getBytes(UTF_8));
        assertThat(TABLE.stillHas(before, bytes("/data/disk/a"))).isTrue();
        assertThat(TABLE.stillHas(before)).isTrue();
    }

    private static List<String> paths(String path, int mount) {
        return TABLE.pathsOf(bytes(path), mount).stream()
                .map(found -> new String(found, UTF_8))
                .toList();
    }

    private static byte[] bytes(String path) {
        return path.getBytes(UTF_8);
    }
}
