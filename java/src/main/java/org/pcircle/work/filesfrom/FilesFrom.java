package org.pcircle.work.filesfrom;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.TreePath;

/**
 * The list of --files-from: paths relative to the tree's top, each ended by a newline or a NUL. Read once, by one
 * thread at a time.
 */
public final class FilesFrom {

    /** The name of the list in faults. */
    static final byte[] SHOWN = "--files-from".getBytes(StandardCharsets.US_ASCII);

    /** Bytes read at a time; a path may be longer. */
    private static final int BYTES_MAX = 128 * 1024;

    /** Bound on the length of a path; a longer one is malformed. */
    private static final int PATH_BYTES_MAX = 1 << 20;

    private final InputStream source;
    private final byte end;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();

    /** Bytes read ahead, first by the constructor, so that an unreadable list is found before anything is done. */
    private byte[] ahead;

    private boolean atEnd;

    /**
     * Reads the beginning.
     *
     * @param source closed at its end
     * @param end the byte that ends each path
     */
    public FilesFrom(InputStream source, byte end) throws IOException {
        this.source = source;
        this.end = end;
        this.ahead = source.readNBytes(BYTES_MAX);
    }

    /**
     * The next paths; none are left when the list is {@link #isAtEnd at its end}. Fails for a path of more than 1 MiB.
     */
    List<byte[]> next() throws IOException {
        List<byte[]> paths = new ArrayList<>();
        byte[] bytes = ahead;
        for (byte b : bytes) {
            if (b == end) {
                add(paths);
            } else {
                begun.write(b);
            }
        }
        if (begun.size() > PATH_BYTES_MAX) {
            throw new IOException("a path of more than 1 MiB");
        }
        if (bytes.length < BYTES_MAX) {
            atEnd = true;
            add(paths);
            source.close();
        } else {
            ahead = source.readNBytes(BYTES_MAX);
        }
        return paths;
    }

    boolean isAtEnd() {
        return atEnd;
    }

    private void add(List<byte[]> paths) {
        if (begun.size() > 0) {
            paths.add(begun.toByteArray());
        }
        begun.reset();
    }

    /**
     * Normalizes a path: removes empty components and dots; null if it leads out of the tree. Two dots remove the name
     * before them, whatever it is, as with rsync.
     */
    static @Nullable TreePath plain(byte[] path) {
        TreePath plain = TreePath.TOP;
        int from = 0;
        for (int i = 0; i <= path.length; i++) {
            if (i < path.length && path[i] != '/') {
                continue;
            }
            byte[] name = Arrays.copyOfRange(path, from, i);
            from = i + 1;
            boolean isParent = name.length == 2 && name[0] == '.' && name[1] == '.';
            boolean isNothing = name.length == 0 || (name.length == 1 && name[0] == '.');
            if (isParent && plain.isTop()) {
                return null;
            }
            plain = isParent ? plain.parent() : isNothing ? plain : plain.child(name);
        }
        return plain;
    }
}
