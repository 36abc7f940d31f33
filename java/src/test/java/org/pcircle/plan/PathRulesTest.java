package org.pcircle.plan;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.pcircle.fs.Entry;
import org.pcircle.fs.ExistingPolicy;
import org.pcircle.fs.TreePath;

class PathRulesTest {

    @TempDir
    private Path folder;

    @BeforeEach
    void someEntries() throws IOException {
        Files.createDirectories(folder.resolve("tree/sub"));
        Files.createDirectory(folder.resolve("empty"));
        Files.writeString(folder.resolve("file"), "text");
        Files.writeString(folder.resolve("other"), "text");
        Files.createSymbolicLink(folder.resolve("link"), Path.of("tree"));
        Files.createSymbolicLink(folder.resolve("dangling"), Path.of("nowhere"));
    }

    /** They would be copied as they grow. */
    @Test
    void theRunsOwnFilesAreNotInASource() throws UsageException {
        List<Root> roots = roots("tree", "file", "empty");
        for (String inside : List.of("tree", "tree/sub", "tree/../link/sub", "link")) {
            assertThatThrownBy(() -> PathRules.refuseOwnFilesInside(roots, path(inside)))
                    .isInstanceOf(UsageException.class)
                    .hasMessageContaining("--checkpoint-dir")
                    .hasMessageContaining("is inside");
        }
        PathRules.refuseOwnFilesInside(roots, path("empty"));
        PathRules.refuseOwnFilesInside(roots, path("."));
    }

    @Test
    void aDirectoryBecomesAMissingDestination() throws UsageException {
        assertThat(targets("tree", "new")).containsExactly("new");
    }

    @Test
    void aFileBecomesAMissingDestination() throws UsageException {
        assertThat(targets("file", "new")).containsExactly("new");
    }

    @Test
    void aFileLandsInADirectory() throws UsageException {
        assertThat(targets("file", "empty")).containsExactly("empty/file");
    }

    @Test
    void severalSourcesLandInADirectory() throws UsageException {
        assertThat(targets("tree", "file", "link", "empty")).containsExactly("empty/tree", "empty/file", "empty/link");
    }

    @Test
    void aLinkIsCopiedAsOneUnlessThereIsASlashBehindIt() throws UsageException {
        assertThat(Entry.of(roots("link", "new").get(0).record()).isDirectory()).isFalse();
        assertThat(Entry.of(roots("link/", "new").get(0).record()).isDirectory())
                .isTrue();
    }

    @Test
    void aTrailingSlashOfADirectoryChangesNothing() throws UsageException {
        assertThat(targets("tree/", "new/")).containsExactly("new");
    }

    @Test
    void pathsThatAreOnlyReadStandSideBySideUnderTheirOwnNames() throws UsageException {
        assertThat(names("tree/", "tree/../file", "link/")).containsExactly("tree", "file", "link");
        assertThat(names("tree/.")).containsExactly(".");
    }

    @Test
    void pathsThatCannotBeToldApartAreRefused() {
        assertRefused(() -> names("file", "tree/../file"), "two paths end in file");
        assertRefused(() -> names("file", "tree/.."), "tree/..", "no name of its own");
        assertRefused(() -> names("file", "nothing"), "nothing", "No such file or directory");
        assertRefused(() -> names("file/"), "file/", "Not a directory");
        assertRefused(() -> PathRules.roots(List.of(new byte[0])), "empty path");
    }

    @Test
    void aMissingSourceIsRefused() {
        assertRefused(() -> roots("nothing", "new"), "nothing", "No such file or directory");
    }

    @Test
    void aFileWithASlashBehindItIsRefused() {
        assertRefused(() -> roots("file/", "new"), "file/", "Not a directory");
    }

    @Test
    void severalSourcesNeedADirectory() {
        assertRefused(() -> roots("tree", "file", "new"), "new", "must be an existing directory");
        assertRefused(() -> roots("tree", "file", "other"), "other", "must be an existing directory");
    }

    @Test
    void equalNamesAreRefused() {
        assertRefused(() -> roots("tree/sub", "sub", "empty"), "sub", "No such file");
        assertRefused(() -> roots("file", "tree/../file", "empty"), "two sources are called file");
    }

    @Test
    void whatExistsIsNotOverwritten() throws IOException {
        Files.createDirectory(folder.resolve("empty/file"));
        assertRefused(() -> roots("tree", "empty"), "empty", "exists");
        assertRefused(() -> roots("file", "other"), "other", "exists");
        assertRefused(() -> roots("file", "empty"), "empty/file", "exists");
    }

    @Test
    void aDestinationInsideItsSourceIsRefused() {
        assertRefused(() -> roots("tree", "tree/new"), "inside");
        assertRefused(() -> roots("tree", "tree/sub/new"), "inside");
        assertRefused(() -> roots("tree", "link/new"), "inside");
        assertRefused(() -> roots("tree", "tree"), "DEST is SOURCE itself");
        assertRefused(() -> roots("tree", "file", "tree/sub"), "inside");
    }

    @Test
    void aMissingParentOfTheDestinationIsRefused() {
        assertRefused(() -> roots("tree", "no/new"), "no", "does not exist");
    }

    @Test
    void aFileDoesNotBecomeAMissingDirectory() {
        assertRefused(() -> roots("file", "new/"), "not a directory");
    }

    @Test
    void aDanglingLinkIsNoDestination() {
        assertRefused(() -> roots("tree", "dangling"), "leads nowhere");
    }

    @Test
    void aDeviceIsNoDestination() {
        assertThatThrownBy(() -> PathRules.roots(
                        List.of(path("file")),
                        Destination.of("/dev/null".getBytes(UTF_8)),
                        ExistingPolicy.REFUSE,
                        DeletePolicy.NOTHING,
                        WalkExtent.ALL))
                .isInstanceOf(UsageException.class)
                .hasMessageContaining("neither a directory nor a regular file");
    }

    @Test
    void anEmptyPathIsRefused() {
        assertThatThrownBy(() -> PathRules.roots(
                        List.of(path("file")),
                        Destination.of(new byte[0]),
                        ExistingPolicy.REFUSE,
                        DeletePolicy.NOTHING,
                        WalkExtent.ALL))
                .isInstanceOf(UsageException.class);
        assertThatThrownBy(() -> PathRules.roots(
                        List.of(new byte[0]),
                        Destination.of(path("new")),
                        ExistingPolicy.REFUSE,
                        DeletePolicy.NOTHING,
                        WalkExtent.ALL))
                .isInstanceOf(UsageException.class);
    }

    @Test
    void aSourceThatIsToGoIntoADirectoryBecomesTheEntryOfItsName() throws Exception {
        for (String source : List.of("tree", "tree/", "tree/../tree", "file")) {
            Destination destination = PathRules.in(path("empty"), path(source));
            String name = source.equals("file") ? "file" : "tree";
            assertThat(destination.isCopy()).isTrue();
            assertThat(new String(destination.path(), UTF_8)).isEqualTo(folder + "/empty/" + name);
        }
        assertRefused(() -> PathRules.in(path("empty"), path("tree/..")), "has no name of its own");
    }

    @Test
    void aDestinationThatIsTheCopyIsNeverADirectoryThatGetsIt() throws Exception {
        assertRefused(() -> becomes("file", "empty"), "empty", "is a directory, and cannot become the copy of", "file");
        assertThat(becomes("tree", "new").target().show(TreePath.TOP)).isEqualTo(path("new"));
        assertThat(becomes("file", "new").target().show(TreePath.TOP)).isEqualTo(path("new"));
        assertThat(becomes("tree", "empty").target().isInItself()).isTrue();
    }

    @Test
    void aDestinationThatSharesNoNameWithItsSourceIsNotEmptied() throws Exception {
        Files.createDirectory(folder.resolve("mirror"));
        assertThat(mirror("tree", "mirror", Filter.NONE))
                .as("nothing to delete")
                .isNotEmpty();
        Files.createFile(folder.resolve("mirror/old"));
        Files.createDirectory(folder.resolve("mirror/.fcp"));
        assertRefused(
                () -> mirror("tree", "mirror", Filter.NONE), "mirror holds nothing that", "tree", "--delete=anything");
        assertRefused(() -> mirror("empty", "mirror", Filter.NONE), "mirror holds nothing that", "empty");

        Filter spares = new Filter.Builder().add(false, "old".getBytes(UTF_8)).build();
        assertThat(mirror("tree", "mirror", spares))
                .as("what is spared is not deleted")
                .isNotEmpty();
        Filter sparesAll = new Filter.Builder().add(false, "/*".getBytes(UTF_8)).build();
        assertThat(mirror("empty", "mirror", sparesAll)).isNotEmpty();

        Files.createSymbolicLink(folder.resolve("leads"), Path.of("mirror"));
        assertRefused(() -> mirror("tree", "leads", Filter.NONE), "leads holds nothing that");

        Files.createDirectory(folder.resolve("mirror/sub"));
        assertThat(mirror("tree", "mirror", Filter.NONE))
                .as("one name is enough")
                .isNotEmpty();
        assertRefused(
                () -> mirror(
                        "tree",
                        "mirror",
                        new Filter.Builder().add(false, "sub".getBytes(UTF_8)).build()),
                "holds nothing that");
        assertThat(PathRules.roots(
                        List.of(path("empty")),
                        Destination.of(path("mirror")),
                        ExistingPolicy.UPDATE_DIFFERING,
                        DeletePolicy.ANYTHING,
                        WalkExtent.ALL))
                .isNotEmpty();
    }

    @Test
    void eachOfSeveralMirrorsIsLookedAt() throws Exception {
        Files.createDirectories(folder.resolve("mirror/tree/sub"));
        Files.createDirectories(folder.resolve("mirror/empty/old"));
        assertRefused(
                () -> PathRules.roots(
                        List.of(path("tree"), path("empty")),
                        Destination.of(path("mirror")),
                        ExistingPolicy.UPDATE_DIFFERING,
                        DeletePolicy.OF_MIRROR,
                        WalkExtent.ALL),
                "mirror/empty holds nothing that");
    }

    @Test
    void aSourceInsideItsMirrorIsNotDeletedAlsoWhereALinkLeadsToThat() throws Exception {
        for (String mirror : List.of("tree", "link", "link/")) {
            assertRefused(
                    () -> mirror("tree/sub", mirror, Filter.NONE),
                    "SOURCE is inside DEST",
                    "--delete would take it away");
        }
    }

    private Root becomes(String source, String destination) throws UsageException {
        return PathRules.roots(
                        List.of(path(source)),
                        new Destination(path(destination), true),
                        ExistingPolicy.REPLACE,
                        DeletePolicy.NOTHING,
                        WalkExtent.ALL)
                .get(0);
    }

    private List<Root> mirror(String source, String destination, Filter filter) throws UsageException {
        return PathRules.roots(
                List.of(path(source)),
                Destination.of(path(destination)),
                ExistingPolicy.UPDATE_DIFFERING,
                DeletePolicy.OF_MIRROR,
                new WalkExtent(new Selection(filter, false), false));
    }

    private static void assertRefused(ThrowingCallable plan, String... said) {
        assertThatThrownBy(plan).isInstanceOf(UsageException.class).hasMessageContainingAll(said);
    }

    private List<String> targets(String... names) throws UsageException {
        return roots(names).stream()
                .map(root -> new String(root.target().show(TreePath.TOP), UTF_8))
                .map(path -> folder.relativize(Path.of(path)).toString())
                .toList();
    }

    private List<Root> roots(String... names) throws UsageException {
        List<byte[]> sources = new ArrayList<>();
        for (int i = 0; i < names.length - 1; i++) {
            sources.add(path(names[i]));
        }
        Destination destination = Destination.of(path(names[names.length - 1]));
        return PathRules.roots(sources, destination, ExistingPolicy.REFUSE, DeletePolicy.NOTHING, WalkExtent.ALL);
    }

    /** The names under which paths stand that are only read. */
    private List<String> names(String... names) throws UsageException {
        List<byte[]> paths = new ArrayList<>();
        for (String name : names) {
            paths.add(path(name));
        }
        return PathRules.roots(paths).stream()
                .map(root -> new String(root.target().name(), UTF_8))
                .toList();
    }

    private byte[] path(String name) {
        return (folder + "/" + name).getBytes(UTF_8);
    }
}
