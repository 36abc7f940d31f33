package org.pcircle.work;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.pcircle.fs.TreePath;

/**
 * The entries that the user wants of a tree, as he gave them: paths relative to its top, each ended by a newline or a NUL. Read
 * once, by one thread at a time.
 */
public final class FileList {

    /** Read at a time; a path may be longer. */
    private static final int BYTES_MAX = 128 * 1024;

    private final InputStream source;
    private final byte end;
    private final ByteArrayOutputStream begun = new ByteArrayOutputStream();
    private boolean atEnd;

    /**
     * @param source closed when it has been read
     * @param end what each path ends with
     */
    public FileList(InputStream source, byte end) {
        this.source = source;
        this.end = end;
    }

    /** The next of the paths; none left when it is {@link #isAtEnd at its end}. */
    List<byte[]> next() throws IOException {
        List<byte[]> paths = new ArrayList<>();
        byte[] bytes = source.readNBytes(BYTES_MAX);
        for (byte b : bytes) {
            if (b == end) {
                add(paths);
            } else {
                begun.write(b);
            }
        }
        if (bytes.length < BYTES_MAX) {
            atEnd = true;
            add(paths);
            source.close();
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

    /** A path without empty components and dots, as trees know it; null if it leads out of the tree. */
    static @Nullable TreePath plain(byte[] path) {
        TreePath plain = TreePath.TOP;
        int from = 0;
        for (int i = 0; i <= path.length; i++) {
            if (i < path.length && path[i] != '/') {
                continue;
            }
            byte[] name = Arrays.copyOfRange(path, from, i);
            from = i + 1;
            if (name.length == 2 && name[0] == '.' && name[1] == '.') {
                return null;
            }
            boolean isNothing = name.length == 0 || (name.length == 1 && name[0] == '.');
            plain = isNothing ? plain : plain.child(name);
        }
        return plain;
    }
}
