package org.pcircle.work;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import org.pcircle.circle.Notice;
import org.pcircle.fs.Entry;
import org.pcircle.fs.PathText;
import org.pcircle.fs.TreePath;
import org.pcircle.report.Counter;

/** What a dry run would do to the entries of one directory, a line each. */
final class Intentions {

    /** A piece of lines is handed on when it is longer than this. */
    private static final int PIECE_BYTES = 64 * 1024;

    private static final byte[] MKDIR = "mkdir ".getBytes(US_ASCII);
    private static final byte[] COPY = "copy ".getBytes(US_ASCII);
    private static final byte[] SYMLINK = "symlink ".getBytes(US_ASCII);
    private static final byte[] DELETE = "delete ".getBytes(US_ASCII);
    private static final byte[] MKNOD = "mknod ".getBytes(US_ASCII);

    private final Result result;

    /** The directory's path as it is shown, with a slash. */
    private final byte[] before;

    private final ByteArrayOutputStream lines = new ByteArrayOutputStream();

    private Intentions(byte[] before, Result result) {
        this.before = before;
        this.result = result;
    }

    /** For the entries of a directory. */
    static Intentions in(int root, TreePath directory, Roots roots, Result result) {
        return new Intentions((PathText.shown(roots.showTarget(root, directory)) + "/").getBytes(UTF_8), result);
    }

    /** Tells of one entry alone. */
    static void tell(int root, TreePath path, Entry entry, Roots roots, Result result) {
        Intentions one = new Intentions(new byte[0], result);
        one.add(entry, roots.showTarget(root, path));
        one.end();
    }

    /** Tells of one deletion alone, which is counted by whoever tells it. */
    static void tellDeletion(byte[] path, Result result) {
        Intentions one = new Intentions(new byte[0], result);
        one.tell(DELETE, path);
        one.end();
    }

    /** Counts an entry as if it was taken away with all that is in it, and tells of it. */
    void addDeletion(Entry entry) {
        result.count(Counter.DELETED, 1);
        tell(DELETE, entry.name());
    }

    /** Counts an entry as if it was done, and tells of it. */
    void add(Entry entry) {
        add(entry, entry.name());
    }

    /** Hands on what has not been yet. */
    void end() {
        if (lines.size() > 0) {
            result.notices.add(new Notice.Addressed(0, new IntentionsTold(lines.toByteArray())));
            lines.reset();
        }
    }

    private void add(Entry entry, byte[] path) {
        result.count(BatchItem.counterOf(entry.type()), 1);
        result.count(Counter.BYTES, entry.dataBytes());
        tell(verb(entry.type()), path);
    }

    private void tell(byte[] verb, byte[] path) {
        lines.writeBytes(verb);
        lines.writeBytes(before);
        lines.writeBytes(isPlain(path) ? path : PathText.shown(path).getBytes(UTF_8));
        lines.write('\n');
        if (lines.size() > PIECE_BYTES) {
            end();
        }
    }

    private static boolean isPlain(byte[] path) {
        for (byte b : path) {
            if (b < ' ' || b == 0x7f || b == '\\') {
                return false;
            }
        }
        return true;
    }

    private static byte[] verb(int type) {
        return switch (type) {
            case Entry.DIRECTORY -> MKDIR;
            case Entry.REGULAR -> COPY;
            case Entry.SYMLINK -> SYMLINK;
            default -> MKNOD;
        };
    }
}
