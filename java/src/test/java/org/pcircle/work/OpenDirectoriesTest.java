package org.pcircle.work;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pcircle.fs.Directory;
import org.pcircle.fs.FileException;
import org.pcircle.fs.TreePath;

class OpenDirectoriesTest {

    private static final int ITEMS_UNTIL_FORGOTTEN = 64;

    @TempDir
    private Path top;

    private long nanoseconds;
    private final OpenDirectories open = new OpenDirectories(() -> nanoseconds);
    private Directory base;

    /** Depths of the paths that were walked from the top. */
    private final List<Integer> walked = new ArrayList<>();

    @BeforeEach
    void openBase() throws FileException {
        base = Directory.open(top.toString().getBytes(UTF_8));
    }

    @AfterEach
    void closeAll() {
        open.close();
        base.close();
    }

    @Test
    void aChainIsWalkedFromItsTopNowAndThenOnTheWayDown() throws Exception {
        List<TreePath> chain = chain(1000);
        for (TreePath path : chain) {
            open(path).close();
            open.itemDone();
        }
        assertThat(walked).hasSizeLessThan(2 * chain.size() / ITEMS_UNTIL_FORGOTTEN + 2);
    }

    @Test
    void aChainIsWalkedFromItsTopNowAndThenOnTheWayUp() throws Exception {
        List<TreePath> chain = chain(1000);
        for (int i = chain.size() - 1; i >= 0; i--) {
            open(chain.get(i)).close();
        }
        assertThat(walked).hasSizeLessThan(chain.size() / 16);
    }

    @Test
    void aDirectoryIsOpenedOnceForAllThatIsDoneInIt() throws Exception {
        TreePath path = chain(3).get(2);
        open(path).close();
        open(path).close();
        assertThat(walked).containsExactly(3);
    }

    @Test
    void whoListsADirectorySharesItsPositionWithNobody() throws Exception {
        TreePath path = chain(2).get(1);
        try (Directory first = openToList(path);
                Directory second = openToList(path)) {
            assertThat(second).isNotSameAs(first);
        }
    }

    @Test
    void whatWasTakenElsewhereIsForgottenAfterSomeItems() throws Exception {
        TreePath path = chain(2).get(1);
        open(path).close();
        Files.move(top.resolve("d"), top.resolve("elsewhere"));
        Files.createDirectories(top.resolve("d/d/new"));
        for (int i = 0; i < ITEMS_UNTIL_FORGOTTEN; i++) {
            open.itemDone();
        }
        try (Directory now = open(path)) {
            assertThat(now.isDirectory("new".getBytes(UTF_8))).isTrue();
        }
    }

    @Test
    void whatWasTakenElsewhereIsForgottenAfterAMomentHoweverFewItemsThatWere() throws Exception {
        TreePath path = chain(2).get(1);
        open(path).close();
        Files.move(top.resolve("d"), top.resolve("elsewhere"));
        Files.createDirectories(top.resolve("d/d/new"));
        nanoseconds += 1_000_000_001;
        try (Directory now = open(path)) {
            assertThat(now.isDirectory("new".getBytes(UTF_8))).isTrue();
        }
    }

    @Test
    void whatIsNotFoundWhereItsDirectoryHasGoneIsLookedForFromTheTop() throws Exception {
        open(chain(1).get(0)).close();
        Files.move(top.resolve("d"), top.resolve("elsewhere"));
        Files.createDirectories(top.resolve("d/late"));
        open(new TreePath("d/late".getBytes(UTF_8))).close();
        assertThat(walked).containsExactly(1, 2);
    }

    @Test
    void aLinkInPlaceOfADirectoryLeadsNowhere() throws Exception {
        open(chain(1).get(0)).close();
        Files.createDirectory(top.resolve("other"));
        Files.createSymbolicLink(top.resolve("d/link"), top.resolve("other"));
        assertThatThrownBy(() -> open(new TreePath("d/link".getBytes(UTF_8)))).isInstanceOf(FileException.class);
    }

    @Test
    void whatIsSharedStaysOpenWhenItIsForgotten() throws Exception {
        TreePath path = chain(1).get(0);
        try (Directory held = open(path)) {
            open.close();
            assertThat(held.isDirectory("d".getBytes(UTF_8))).isFalse();
        }
    }

    private Directory open(TreePath path) throws FileException {
        return open.open(false, 0, path, false, this::fromTop);
    }

    private Directory openToList(TreePath path) throws FileException {
        return open.open(false, 0, path, true, this::fromTop);
    }

    private Directory fromTop(TreePath path) throws FileException {
        walked.add(path.depth());
        return base.beneath(path);
    }

    /** Directories in each other, the outermost first. */
    private List<TreePath> chain(int depth) throws IOException {
        List<TreePath> chain = new ArrayList<>();
        TreePath path = TreePath.TOP;
        for (int i = 0; i < depth; i++) {
            path = path.child(new byte[] {'d'});
            chain.add(path);
        }
        Files.createDirectories(top.resolve(new String(path.bytes(), UTF_8)));
        return chain;
    }
}
