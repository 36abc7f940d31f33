package org.pcircle.it.support;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A folder for trees, in memory where there is room. Closing it takes it away, whatever is in it. */
public final class Scratch implements AutoCloseable {

    private static final Path MEMORY = Path.of("/dev/shm");

    /** What the largest test needs, and more. */
    private static final long ROOM_BYTES = 6L << 30;

    private final Path path;

    /** What the folder is seen through; null: nothing. */
    private final @Nullable FaultyFileSystem mounted;

    private Scratch(Path path, @Nullable FaultyFileSystem mounted) {
        this.path = path;
        this.mounted = mounted;
    }

    /** An empty folder that everybody may use. */
    public static Scratch create() {
        try {
            Path parent = hasRoom(MEMORY) ? MEMORY : Path.of(System.getProperty("java.io.tmpdir"));
            Path path = Files.createTempDirectory(parent, "pcircle-it-");
            return new Scratch(openToAll(path), null);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * The same, as an NFS client or a FUSE file system would show it: what is unlinked while it is open lives on in its
     * directory until it is closed, which nothing that is tested may bring about. So closing it fails if anything was.
     * Where there is no FUSE it is as any other.
     */
    public static Scratch hiding() {
        Scratch whole = create();
        if (!FaultyFileSystem.isAvailable()) {
            return whole;
        }
        try {
            Path shown = openToAll(Files.createDirectory(whole.resolve("shown")));
            return new Scratch(
                    whole.resolve("folder"), FaultyFileSystem.mount(whole.resolve("folder"), shown, "hide=.nfs"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Path openToAll(Path directory) throws IOException {
        return Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
    }

    public Path path() {
        return path;
    }

    public Path resolve(String name) {
        return path.resolve(name);
    }

    /** Runs lines of the shell in this folder; they must succeed. Returns what they print. */
    public String shell(String script) {
        return Command.shell(script).in(path).run().assertCode(0).out();
    }

    /** That a tree of this folder is a copy of another one. */
    public void assertSame(String source, String copy) {
        TreeComparison.assertSame(resolve(source), resolve(copy));
    }

    /** Takes a tree of this folder away. */
    public void delete(String name) {
        delete(resolve(name));
    }

    @Override
    public void close() {
        if (mounted == null) {
            delete(path);
            return;
        }
        List<String> hidden = mounted.hidden();
        mounted.close();
        delete(path.getParent());
        assertThat(hidden).as("unlinked while it was open").isEmpty();
    }

    /** A directory may have to be opened before it can be emptied, if it is not root who does it. */
    private static void delete(Path tree) {
        Command.shell(
                        "rm -rf --one-file-system \"$1\" 2>/dev/null || { chmod -R u+rwx \"$1\"; rm -rf \"$1\"; }",
                        tree.toString())
                .run()
                .assertCode(0);
    }

    private static boolean hasRoom(Path folder) throws IOException {
        return Files.isWritable(folder) && Files.getFileStore(folder).getUsableSpace() >= ROOM_BYTES;
    }
}
